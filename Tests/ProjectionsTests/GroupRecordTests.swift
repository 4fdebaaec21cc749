import EDTF
import TestSupport
import Testing

@testable import Projections

struct GroupRecordTests {
  private static func record(_ random: inout SeededGenerator) -> GroupRecord {
    func text() -> String {
      String(
        (0..<Int.random(in: 0...12, using: &random)).map { _ in ["a", "é", "\0", "𝄞"].randomElement(using: &random)! })
    }
    var members: [UInt64] = []
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      members.append((members.last ?? 0) + UInt64.random(in: 1...(1 << 40), using: &random))
    }
    let rows = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      let days = Bounds(Day(number: Int64.random(in: -100_000...100_000, using: &random)))
      func texts() -> [String] { (0..<Int.random(in: 0...4, using: &random)).map { _ in text() } }
      return GroupRecord.StoredFields(
        suffix: text(), order: RowOrder(Bool.random(using: &random) ? days : nil), parties: texts(), terms: texts(),
        json: Array("{\"\(text())\"}".utf8))
    }
    return GroupRecord(key: text(), members: members, rows: rows)
  }

  @Test func what_is_encoded_comes_back() throws {
    var random = SeededGenerator("group record")
    for _ in 0..<200 {
      let record = Self.record(&random)
      let decoded = try #require(GroupRecord(decoding: record.encoded))
      #expect(decoded.key == record.key)
      #expect(decoded.members == record.members)
      #expect(decoded.rows == record.rows)
    }
  }

  @Test func bytes_cut_short_or_followed_by_others_are_no_record() {
    var random = SeededGenerator("cut record")
    for _ in 0..<20 {
      let bytes = Self.record(&random).encoded
      for count in bytes.indices { #expect(GroupRecord(decoding: Array(bytes[..<count])) == nil) }
      #expect(GroupRecord(decoding: bytes + [0]) == nil)
    }
  }

  @Test func damaged_bytes_are_refused_or_read_but_never_trap() {
    var random = SeededGenerator("damaged record")
    for _ in 0..<2_000 {
      var bytes = Self.record(&random).encoded
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = GroupRecord(decoding: bytes)
    }
  }

  @Test func members_beyond_the_greatest_position_are_no_record() {
    var writer = PackedWriter()
    writer.text("key")
    writer.number(2)
    writer.number(.max)
    writer.number(1)
    writer.number(0)
    #expect(GroupRecord(decoding: writer.bytes) == nil)
  }
}
