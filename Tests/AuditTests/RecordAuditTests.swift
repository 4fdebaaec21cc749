import Audit
import Digests
import EventLog
import Merkle
import Store
import StoreTestSupport
import TestSupport
import Testing

/// A log that was tampered with, every hash and number made anew where the tamperer could: what is found, and where.
@Suite struct RecordAuditTests {
  private static let record = Result { () throws -> [[UInt8]] in
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    return try fixture.withStore { store in try (1...store.log.head).map { try store.line(at: $0) } }
  }

  private let lines: [String]

  init() throws {
    lines = try Self.record.get().map { String(decoding: $0, as: UTF8.self) }
  }

  /// Sizes of which an outsider holds checkpoints.
  private static let held: [UInt64] = [0, 1, 20, 60, 113]

  private func roots(_ sizes: [UInt64] = held) -> [RecordAudit.ExpectedRoot] {
    sizes.map { size in
      var tree = Frontier()
      for line in lines[..<Int(size)] { _ = tree.append(Digest256.leaf(of: Array(line.utf8))) }
      return RecordAudit.ExpectedRoot(size: size, root: tree.root, label: "checkpoint \(size)")
    }
  }

  private func finding(_ lines: [String], _ roots: [RecordAudit.ExpectedRoot]? = nil) -> AuditFinding? {
    var audit = RecordAudit(roots ?? self.roots())
    do throws(AuditFinding) {
      for line in lines { _ = try audit.take(Array(line.utf8)) }
      try audit.finish()
      return nil
    } catch { return error }
  }

  /// The lines with their positions written anew, as a tamperer would.
  private func renumbered(_ lines: [String]) -> [String] {
    lines.enumerated().map { index, line in
      let rest = line.drop { $0 != "," }
      return #"{"position":\#(index + 1)"# + rest
    }
  }

  @Test func a_log_as_it_was_recorded_is_sound() {
    #expect(finding(lines) == nil)
    #expect(finding(lines, []) == nil)
  }

  @Test(arguments: [2, 19, 20, 21, 60, 61, 113])
  func a_changed_event_is_found_between_two_checkpoints(position: Int) {
    var changed = lines
    changed[position - 1] = changed[position - 1].replacing(#""source":""#, with: #""source":"x"#, maxReplacements: 1)
    #expect(changed != lines)
    let found = finding(changed)
    let former = Self.held.last { $0 < position } ?? 0
    #expect(found?.kind == .checkpoint && found?.position == former + 1, "\(String(describing: found))")
  }

  @Test(arguments: [1, 20, 64, 113])
  func a_removed_event_is_found_at_its_place(position: Int) {
    var fewer = lines
    fewer.remove(at: position - 1)
    #expect(finding(fewer)?.kind == .event)
    #expect(finding(fewer)?.position == UInt64(position))
    // With all positions written anew, only a checkpoint tells.
    #expect(finding(renumbered(fewer), [])?.kind == nil)
    #expect(finding(renumbered(fewer))?.kind == .checkpoint)
  }

  @Test func an_inserted_event_is_found() {
    var more = lines
    more.insert(lines[40].replacing("\"id\":\"", with: "\"id\":\"x-"), at: 40)
    #expect(finding(more)?.position == 42 || finding(more)?.position == 41)
    #expect(finding(renumbered(more))?.kind == .checkpoint)
    #expect(finding(renumbered(more))?.position == 21)
  }

  @Test func exchanged_events_are_found() {
    var other = lines
    other.swapAt(29, 34)
    #expect(finding(other)?.kind == .event && finding(other)?.position == 30)
    #expect(finding(renumbered(other))?.kind == .checkpoint)
  }

  @Test func an_event_recorded_at_another_time_is_found() throws {
    func retimed(_ time: String) -> [String] {
      var other = lines
      let line = other[50]
      let start = try! #require(line.range(of: #""recordedtime":""#)).upperBound
      other[50].replaceSubrange(start..<line.index(start, offsetBy: time.count), with: time)
      return other
    }
    let earlier = retimed("1969-12-31T23:59:59.000000Z")
    #expect(finding(earlier)?.kind == .time && finding(earlier)?.position == 51)
    let later = retimed("2100-01-01T00:00:00.000000Z")
    #expect(finding(later)?.kind == .time && finding(later)?.position == 52)
  }

  @Test(arguments: [0, 1, 59, 112])
  func a_log_cut_short_is_found_by_a_checkpoint_of_the_longer_one(size: Int) {
    let found = finding(Array(lines[..<size]))
    #expect(found?.kind == .checkpoint && found?.position == UInt64(size + 1))
    #expect(finding(Array(lines[..<size]), []) == nil, "without a checkpoint nothing tells")
  }

  @Test func an_event_that_breaks_a_rule_of_its_type_is_found() {
    var other = lines
    other[70] = other[70].replacing(#""data":{"#, with: #""data":{"unknown":1,"#)
    #expect(finding(other)?.kind == .event && finding(other)?.position == 71)
    other[70] = String(lines[70].dropLast())
    #expect(finding(other)?.kind == .event && finding(other)?.position == 71)
  }

  // MARK: Erasures

  private func standIn(_ position: Int, by: Int, leafOf line: Int? = nil) -> String {
    let leaf = Base64.encode(Digest256.leaf(of: Array(lines[(line ?? position) - 1].utf8)).bytes)
    return #"{"position":\#(position),"erased":{"by":\#(by),"leaf":"\#(leaf)"}}"#
  }

  private func record(_ position: Int, at place: Int, leafOf line: Int? = nil) -> String {
    let leaf = Base64.encode(Digest256.leaf(of: Array(lines[(line ?? position) - 1].utf8)).bytes)
    return
      #"{"position":\#(place),"recordedtime":"2100-01-01T00:00:00.000000Z","recordedby":"ana","specversion":"1.0","#
      + #""source":"annals:erase","id":"\#(position)","type":"event.erased","#
      + #""data":{"position":\#(position),"leaf":"\#(leaf)","reason":"r"}}"#
  }

  @Test func an_erasure_on_record_is_sound_and_the_old_checkpoints_hold() {
    var erased = lines
    erased[63] = standIn(64, by: lines.count + 1)
    erased.append(record(64, at: lines.count + 1))
    #expect(finding(erased) == nil)
  }

  @Test func an_erasure_that_is_not_as_recorded_is_found() {
    let place = lines.count + 1
    func erased(_ standIn: String?, _ record: String?) -> AuditFinding? {
      var other = lines
      if let standIn { other[63] = standIn }
      if let record { other.append(record) }
      return finding(other, [])
    }
    let cases: [AuditFinding?] = [
      erased(standIn(64, by: place), nil),  // without a record
      erased(nil, record(64, at: place)),  // recorded, and still there
      erased(standIn(64, by: place - 1), record(64, at: place)),  // recorded by another than it names
      erased(standIn(64, by: place, leafOf: 65), record(64, at: place)),  // with another hash
      erased(standIn(64, by: place), record(64, at: place, leafOf: 65)),
    ]
    for (number, found) in cases.enumerated() {
      #expect(found?.kind == .erasure && found?.position == 64, "case \(number): \(String(describing: found))")
    }
  }
}
