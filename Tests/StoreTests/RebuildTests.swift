import EventLog
import Foundation
import LMDB
import Projectors
import Store
import StoreTestSupport
import TestSupport
import Testing

/// `StoreRebuild`: LMDB from the write-ahead log alone.
@Suite struct RebuildTests {
  private static let views = Views.all.map(\.name)

  private func rebuild(_ fixture: StoreFixture) throws(EventLogError) -> UInt64 {
    try StoreRebuild.run(fixture.path, options: fixture.options)
  }

  private func rows(_ fixture: StoreFixture) throws -> [[UInt8]] {
    try fixture.withStore { store throws in try Self.views.map { try store.rows(of: $0) } }
  }

  @Test func a_rebuild_gives_the_same_bytes_in_every_table() throws {
    let prepared = try PreparedStore.large.get()
    let fixture = try StoreFixture(holding: prepared)
    var before = try fixture.contents()
    var told: UInt64 = 0
    let head = try StoreRebuild.run(fixture.path, options: fixture.options) { done, last in
      #expect(done > told && last == UInt64(prepared.count))
      told = done
    }
    #expect(head == UInt64(prepared.count) && told == head)
    var after = try fixture.contents()
    // Which write-ahead log it belongs to is noted at the next start.
    before["meta"]?.removeAll { $0.key == Array("log".utf8) }
    after["meta"]?.removeAll { $0.key == Array("log".utf8) }
    #expect(after.keys.sorted() == before.keys.sorted())
    for (table, entries) in before { #expect(after[table] == entries, "\(table)") }
    #expect(fixture.damage() == nil)
    #expect(try TemporaryFolder.names(fixture.path) == ["lmdb", "lock", "wal"])
  }

  @Test func a_rebuilt_store_opens_answers_the_same_and_goes_on() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let before = try rows(fixture)
    #expect(before.allSatisfy { !$0.isEmpty })
    _ = try rebuild(fixture)
    #expect(try rows(fixture) == before)
    try fixture.withStore { store throws in
      #expect(store.log.opening.appliedBefore == store.log.head)
      #expect(try store.append([SampleEvents.small[0]]) == [1])
    }
    #expect(fixture.damage() == nil)
  }

  @Test func a_rebuild_mends_an_lmdb_that_is_damaged_or_gone() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let before = try rows(fixture)
    try Data(repeating: 7, count: 8_192).write(to: URL(filePath: "\(fixture.lmdb)/data.mdb"))
    #expect(try rebuild(fixture) == UInt64(SampleEvents.small.count))
    #expect(try rows(fixture) == before)
    try TemporaryFolder.remove(fixture.lmdb)
    _ = try rebuild(fixture)
    #expect(try rows(fixture) == before)
  }

  @Test func a_damaged_write_ahead_log_does_not_replace_lmdb() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let before = try fixture.contents()
    let line = try fixture.withStore { try $0.line(at: 40) }
    for name in try TemporaryFolder.names(fixture.writeAheadLog) {
      _ = try fixture.flip(line, inFile: "\(fixture.writeAheadLog)/\(name)")
    }
    #expect {
      try rebuild(fixture)
    } throws: { error in
      guard case EventLogError.writeAheadLog(.corrupt) = error else { return false }
      return true
    }
    #expect(try fixture.contents() == before)
  }

  @Test func what_an_interrupted_rebuild_left_is_no_hindrance() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let before = try rows(fixture)
    for name in ["lmdb.new", "lmdb.old"] { try TemporaryFolder.copy(fixture.lmdb, to: "\(fixture.path)/\(name)") }
    _ = try rebuild(fixture)
    #expect(try TemporaryFolder.names(fixture.path) == ["lmdb", "lock", "wal"])
    // Between the two renames there is no LMDB at all.
    try TemporaryFolder.copy(fixture.lmdb, to: "\(fixture.path)/lmdb.new")
    try FileManager.default.moveItem(atPath: fixture.lmdb, toPath: "\(fixture.path)/lmdb.old")
    #expect(try rows(fixture) == before)
    _ = try rebuild(fixture)
    #expect(try TemporaryFolder.names(fixture.path) == ["lmdb", "lock", "wal"])
    #expect(try rows(fixture) == before)
  }

  @Test func lmdb_of_another_format_is_refused_until_it_is_rebuilt() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let before = try rows(fixture)
    try fixture.change { environment, transaction throws(LMDBError) in
      let one = [UInt8](repeating: 0, count: 7) + [1]
      try transaction.put(Array("format".utf8), one, in: environment.table(named: "meta"))
    }
    #expect {
      try fixture.withStore { _ in }
    } throws: { error in
      guard case EventLogError.unknownFormat(found: 1, known: LogTables.format) = error else { return false }
      return "\(error)".contains("annals rebuild")
    }
    _ = try rebuild(fixture)
    #expect(try rows(fixture) == before)
  }

  @Test func an_empty_log_is_rebuilt_to_an_empty_store() throws {
    let fixture = StoreFixture()
    try fixture.withStore { _ in }
    #expect(try rebuild(fixture) == 0)
    try fixture.withStore { store throws in
      #expect(store.log.head == 0)
      #expect(try store.append(SampleEvents.small.prefix(2)) == [1, 2])
    }
    #expect(fixture.damage() == nil)
  }

  @Test func a_store_in_use_is_not_rebuilt() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    try fixture.withStore { store throws in
      #expect {
        try rebuild(fixture)
      } throws: { error in
        guard case EventLogError.locked = error else { return false }
        return true
      }
      #expect(try store.line(at: 1).isEmpty == false)
    }
  }
}
