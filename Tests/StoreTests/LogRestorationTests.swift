import EventLog
import Foundation
import LMDB
import Store
import StoreTestSupport
import TestSupport
import Testing
import WriteAheadLog

/// `LogRestoration`: the write-ahead log from LMDB.
@Suite struct LogRestorationTests {
  private func lines(_ fixture: StoreFixture) throws -> [[UInt8]] {
    try fixture.withStore { store throws in
      try (1...store.log.head).map { try store.line(at: $0) }
    }
  }

  private func segments(_ fixture: StoreFixture) throws -> [String] {
    try TemporaryFolder.names(fixture.writeAheadLog).filter { $0.hasPrefix("segment-") }.sorted()
      .map { "\(fixture.writeAheadLog)/\($0)" }
  }

  private func flip(byte: Int, of path: String) throws {
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[byte] ^= 0x10
    try bytes.write(to: URL(filePath: path))
  }

  private func restore(_ fixture: StoreFixture) throws(EventLogError) -> LogRestoration.Report? {
    try LogRestoration.run(fixture.path, options: fixture.options)
  }

  @Test func a_log_with_a_flipped_bit_is_written_anew_with_the_same_lines() throws {
    var random = SeededGenerator("log restoration")
    let prepared = try PreparedStore.small.get()
    let before = try lines(try StoreFixture(holding: prepared))
    for _ in 0..<12 {
      let fixture = try StoreFixture(holding: prepared)
      let segment = try #require(try segments(fixture).randomElement(using: &random))
      let bytes = try Data(contentsOf: URL(filePath: segment))
      // Behind the last frame a flipped bit is a torn tail, which opening cuts off.
      let written = bytes.indices.filter { bytes[$0] != 0 }
      let byte = try #require(written.randomElement(using: &random))
      try flip(byte: byte, of: segment)
      let damaged = try Data(contentsOf: URL(filePath: segment))
      guard let report = try restore(fixture) else {
        Issue.record("the flip of byte \(byte) of \(segment) was not noticed")
        continue
      }
      #expect(report.head == UInt64(prepared.count) && report.salvaged == 0)
      let kept = try #require(report.keptAs)
      #expect(try Data(contentsOf: URL(filePath: "\(kept)/\(URL(filePath: segment).lastPathComponent)")) == damaged)
      #expect(fixture.damage() == nil)
      #expect(try lines(fixture) == before)
      #expect(try restore(fixture) == nil, "a sound log is written anew")
    }
  }

  @Test func a_log_that_is_gone_is_written_anew_under_its_id() throws {
    let fixture = try StoreFixture(holding: try PreparedStore.large.get())
    let (id, epoch) = try fixture.withStore { ($0.log.opening.logID, $0.log.opening.epoch) }
    try FileManager.default.removeItem(atPath: fixture.writeAheadLog)
    // As a crash leaves it that comes between the two renames, too.
    try FileManager.default.createDirectory(atPath: "\(fixture.path)/wal.new", withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: "\(fixture.path)/wal.new/segment-0000000001.wal"))
    let report = try #require(try restore(fixture))
    #expect(report.keptAs == nil)
    #expect(fixture.damage() == nil)
    try fixture.withStore { store throws in
      #expect(store.log.opening.logID == id)
      // That it is higher is not known without a segment; that it does not meet the old one is.
      #expect(store.log.opening.epoch > 1_000 && store.log.opening.epoch != epoch)
      try store.append([
        #"{"source":"later","id":"1","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#
      ])
    }
    #expect(fixture.damage() == nil)
  }

  @Test func what_was_erased_stays_erased() throws {
    let fixture = try StoreFixture(holding: try PreparedStore.small.get())
    _ = try StoreErasure.run(
      fixture.path, position: 5, reason: "ordered", by: Peer(name: "ana"), options: fixture.options)
    let before = try lines(fixture)
    try flip(byte: 4_096 + 200, of: try segments(fixture)[0])
    let report = try #require(try restore(fixture))
    #expect(fixture.damage() == nil)
    #expect(try lines(fixture) == before)
    // The damaged log is not erased from, so it must not stay unnoticed.
    let error = #expect(throws: ErasureError.self) {
      try StoreErasure.run(
        fixture.path, position: 6, reason: "ordered", by: Peer(name: "ana"), options: fixture.options)
    }
    let kept = try #require(report.keptAs)
    #expect(String(describing: error).contains(kept))
    try FileManager.default.removeItem(atPath: kept)
    _ = try StoreErasure.run(
      fixture.path, position: 6, reason: "ordered", by: Peer(name: "ana"), options: fixture.options)
  }

  /// A store whose LMDB lacks the last three events.
  private func behind() throws -> StoreFixture {
    let fixture = try StoreFixture(holding: try PreparedStore.small.get())
    let old = fixture.folder.file("old")
    try TemporaryFolder.copy(fixture.lmdb, to: old)
    try fixture.withStore { store throws in
      for id in ["a", "b", "c"] {
        try store.append([
          #"{"source":"late","id":"\#(id)","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#
        ])
      }
    }
    try TemporaryFolder.copy(old, to: fixture.lmdb)
    return fixture
  }

  @Test func what_lmdb_lacks_is_read_from_the_damaged_log() throws {
    let fixture = try behind()
    try flip(byte: 4_096 + 200, of: try segments(fixture)[0])
    let report = try #require(try restore(fixture))
    #expect(report.salvaged == 3)
    #expect(fixture.damage() == nil)
    #expect(try lines(fixture).count == SampleEvents.small.count + 3)
  }

  @Test func nothing_is_changed_where_events_stand_in_neither_copy() throws {
    let fixture = try behind()
    let last = try #require(try segments(fixture).last)
    // The first of the three frames that only the log has.
    try flip(byte: 4_096 + 200, of: last)
    let before = try filesOf(fixture.path)
    let error = #expect(throws: EventLogError.self) { try restore(fixture) }
    let first = UInt64(SampleEvents.small.count + 1)
    if case .lost(first, let last, _)? = error, last == first + 2 {
    } else {
      Issue.record("\(String(describing: error))")
    }
    var after = try filesOf(fixture.path)
    after = after.filter { !$0.key.hasPrefix("wal.new") && !$0.key.hasPrefix("lmdb/lock") }
    #expect(after == before.filter { !$0.key.hasPrefix("lmdb/lock") })
  }
}
