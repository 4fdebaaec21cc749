import Digests
import TestSupport
import Testing

@testable import LMDB

@Suite struct KeyTests {
  private func key(_ build: (inout KeyBuilder) -> Void) -> [UInt8] {
    var builder = KeyBuilder()
    build(&builder)
    return builder.bytes
  }

  private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  @Test func components_lie_as_documented() {
    #expect(key { $0.append(0x01 as UInt8) } == [1])
    #expect(key { $0.append(0x0102 as UInt16) } == [1, 2])
    #expect(key { $0.append(0x0102_0304 as UInt32) } == [1, 2, 3, 4])
    #expect(key { $0.append(0x0102 as UInt64) } == [0, 0, 0, 0, 0, 0, 1, 2])
    #expect(key { $0.append(descending: 1) } == [255, 255, 255, 255, 255, 255, 255, 254])
    #expect(key { $0.append(signed: -1) } == [127, 255, 255, 255, 255, 255, 255, 255])
    #expect(key { $0.append(text: "a\0é") } == [0x61, 0x00, 0xFF, 0xC3, 0xA9, 0x00, 0x00])
    #expect(key { $0.append(beginningOf: "a\0") } == [0x61, 0x00, 0xFF])
    #expect(key { $0.append(bytes: [0, 1]) } == [0, 1])
  }

  @Test func components_come_back_as_they_went_in() throws {
    var random = SeededGenerator("components_come_back_as_they_went_in")
    for _ in 0..<2000 {
      let small = UInt16.random(in: 0 ... .max, using: &random)
      let large = UInt64.random(in: 0 ... .max, using: &random)
      let signed = Int64.random(in: .min ... .max, using: &random)
      let (text, last) = (random.text(0...6), random.bytes(0...4))
      let key = key {
        $0.append(small)
        $0.append(text: text)
        $0.append(descending: large)
        $0.append(bounded: text)
        $0.append(signed: signed)
        $0.append(bytes: last)
      }
      var reader = KeyReader(copying: key.span.bytes)
      #expect(try reader.integer(UInt16.self) == small)
      #expect(Array(try reader.text().utf8) == Array(text.utf8))
      #expect(try reader.descending() == large)
      let start = reader.offset
      #expect(try reader.boundedText() == .whole(text))
      #expect(KeyReader.endOfBoundedText(in: key, from: start) == reader.offset)
      #expect(try reader.signed() == signed)
      #expect(reader.rest() == last)
      try reader.finish()
    }
  }

  @Test func composite_keys_compare_as_their_components_do() {
    var random = SeededGenerator("composite_keys_compare_as_their_components_do")
    typealias Parts = (text: String, newest: UInt64, signed: Int64)
    func parts() -> Parts {
      let near = [0, 1, 255, 256, UInt64.max - 1, .max]
      return (
        random.text(0...4), near.randomElement(using: &random)!,
        Int64(bitPattern: near.randomElement(using: &random)!)
      )
    }
    func key(_ parts: Parts) -> [UInt8] {
      self.key {
        $0.append(text: parts.text)
        $0.append(descending: parts.newest)
        $0.append(signed: parts.signed)
      }
    }
    for _ in 0..<20_000 {
      let (left, right) = (parts(), parts())
      let (leftText, rightText) = (Array(left.text.utf8), Array(right.text.utf8))
      let isBefore =
        leftText != rightText
        ? precedes(leftText, rightText)
        : left.newest != right.newest ? left.newest > right.newest : left.signed < right.signed
      #expect(precedes(key(left), key(right)) == isBefore, "\(left) \(right)")
    }
  }

  @Test func LMDBs_order_is_the_order_of_bytes() throws {
    var random = SeededGenerator("LMDBs_order_is_the_order_of_bytes")
    let keys = Set((0..<2000).map { _ in random.bytes(1...8) })
    let directory = TemporaryFolder()
    let writer = try Environment(directory).makeWriter()
    try writer.write { (transaction) throws(LMDBError) in
      let table = try transaction.openTable("t", create: true)
      for key in keys { try transaction.put(key, [], in: table) }
      var stored: [[UInt8]] = []
      try transaction.forEach(in: table) { key, _ in
        stored.append(key.withUnsafeBytes { [UInt8]($0) })
        return .next
      }
      #expect(stored == keys.sorted(by: precedes))
    }
  }

  @Test func a_bounded_text_within_the_limit_is_stored_as_text() {
    let text = String(repeating: "x", count: KeyBuilder.boundedTextLimit)
    #expect(KeyBuilder.bounded(text) == key { $0.append(text: text) })
  }

  @Test func a_longer_text_keeps_its_beginning_and_its_digest() throws {
    let text = String(repeating: "x", count: 1_000_000)
    let key = KeyBuilder.bounded(text)
    #expect(key.count == KeyBuilder.boundedTextLimit + 2 + Digest256.byteCount)
    var reader = KeyReader(key)
    let beginning = [UInt8](repeating: 0x78, count: KeyBuilder.boundedTextLimit)
    let digest = Digest256.sha256(of: bytes(text).span.bytes)
    #expect(try reader.boundedText() == .cut(beginning: beginning, digest: digest))
    try reader.finish()
    #expect(KeyReader.endOfBoundedText(in: key + [7], from: 0) == key.count)
    #expect(KeyReader.endOfBoundedText(in: Array(key.dropLast()), from: 0) == nil)
  }

  @Test func bounded_texts_differ_as_texts_do_and_keep_the_order_of_their_beginnings() {
    var random = SeededGenerator("bounded_texts_differ_as_texts_do_and_keep_the_order_of_their_beginnings")
    let limit = 6
    func kept(_ text: String) -> [UInt8] {
      Array(key { $0.append(beginningOf: text) }.prefix(limit))
    }
    for _ in 0..<20_000 {
      let (left, right) = (random.text(0...5), random.text(0...5))
      let keys = (KeyBuilder.bounded(left, limit: limit), KeyBuilder.bounded(right, limit: limit))
      #expect((keys.0 == keys.1) == (Array(left.utf8) == Array(right.utf8)), "\(left.debugDescription)")
      #expect(keys.0.count <= limit + 34)
      #expect(!keys.1.starts(with: keys.0) || keys.0 == keys.1)
      if kept(left) != kept(right), !kept(left).starts(with: kept(right)), !kept(right).starts(with: kept(left)) {
        #expect(precedes(keys.0, keys.1) == precedes(kept(left), kept(right)))
      }
    }
  }

  @Test(
    arguments: [
      ([], nil), ([0], [1]), ([1, 0xFF], [2]), ([0xFF, 0xFF], nil), ([1, 2, 3], [1, 2, 4]), ([0, 0xFF, 0xFF], [1]),
    ] as [([UInt8], [UInt8]?)])
  func a_prefix_has_the_least_key_beyond_as_successor(prefix: [UInt8], successor: [UInt8]?) {
    #expect(Key.successor(ofPrefix: prefix) == successor)
  }

  @Test(
    arguments: [
      ([], .truncated(offset: 0)), ([0x61], .truncated(offset: 0)), ([0x61, 0], .truncated(offset: 0)),
      ([0x61, 0, 7], .malformedText(offset: 1)), ([0x61, 0, 1], .malformedText(offset: 1)),
      ([0xC3, 0, 0], .invalidUTF8(offset: 0)),
    ] as [([UInt8], KeyFormatError)])
  func a_malformed_text_is_refused_with_its_place(key: [UInt8], error: KeyFormatError) {
    #expect(throws: error) {
      var reader = KeyReader(key)
      _ = try reader.text()
    }
  }

  @Test func a_key_too_short_or_too_long_is_refused() throws {
    var reader = KeyReader([1, 2, 3])
    #expect(try reader.integer(UInt16.self) == 0x0102)
    #expect(throws: KeyFormatError.truncated(offset: 2)) { try reader.integer(UInt16.self) }
    #expect(throws: KeyFormatError.truncated(offset: 2)) { try reader.bytes(2) }
    #expect(throws: KeyFormatError.trailingBytes(offset: 2)) { try reader.finish() }
    #expect(try reader.bytes(1) == [3])
    try reader.finish()
  }

  @Test func a_builder_is_used_again() {
    var builder = KeyBuilder(prefix: [9])
    builder.append(1 as UInt8)
    builder.truncate(to: 1)
    builder.append(2 as UInt8)
    #expect(builder.bytes == [9, 2])
    builder.removeAll()
    #expect(builder.bytes == [])
  }
}
