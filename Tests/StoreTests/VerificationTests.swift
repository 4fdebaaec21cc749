import EventLog
import Foundation
import LMDB
import Projectors
import Store
import StoreTestSupport
import TestSupport
import Testing

/// `StoreVerification` on sound stores and on damaged ones.
@Suite struct VerificationTests {
  /// The tables that verification compares, as they are called in LMDB.
  private static let tables =
    ([
      "erased", "events", "ids", "registered", "registry.corrections", "registry.dependents", "registry.entities",
      "registry.forms", "registry.judgements", "registry.names", "registry.retractions", "registry.reviews",
      "registry.skeletons", "registry.supersessions", "sources", "subjects", "tree",
    ] + Views.all.map { "view.\($0.name).1" }).sorted()

  /// Those of them that hold something: nothing was erased from the record.
  private static let filled = tables.filter { $0 != "erased" }

  /// What verification calls a table: views without the number of their generation.
  private static func name(_ table: String) -> String {
    table.hasPrefix("view.") ? String(table.dropLast(2)) : table
  }

  private func fixture() throws -> StoreFixture { try StoreFixture(holding: PreparedStore.small.get()) }

  /// Checks that verification finds this difference and no other.
  private func expectDifference(
    _ fixture: StoreFixture, table: String, key: [UInt8], _ how: String, position: UInt64? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    guard case .differs(let foundTable, let foundKey, let foundPosition, let words)? = fixture.damage() else {
      Issue.record("\(String(describing: fixture.damage()))", sourceLocation: location)
      return
    }
    #expect(foundTable == table && foundKey == key && words == how, sourceLocation: location)
    if table == "events" { #expect(foundPosition == position, sourceLocation: location) }
  }

  @Test func a_sound_store_is_found_sound_in_every_part() throws {
    let prepared = try PreparedStore.large.get()
    let fixture = try StoreFixture(holding: prepared)
    var told: [UInt64] = []
    let report = try StoreVerification.run(fixture.path, options: fixture.options) { done, last in
      told.append(done)
      #expect(last == UInt64(prepared.count))
    }
    #expect(report.events == UInt64(prepared.count) && report.behind == 0)
    #expect(report.segments > 2 && report.frames == (prepared.count + 19) / 20)
    #expect(report.tables == Self.tables.count && report.entries > 3 * prepared.count)
    #expect(told == told.sorted() && told.last == UInt64(prepared.count))
    #expect(try TemporaryFolder.names(fixture.path) == ["lmdb", "lock", "wal"])
    let names = try fixture.contents().keys.filter { $0 != "meta" && $0 != "views" }
    #expect(names.sorted() == Self.tables)
  }

  @Test func verifying_changes_nothing() throws {
    let fixture = try fixture()
    let before = try fixture.contents()
    #expect(fixture.damage() == nil)
    #expect(try fixture.contents() == before)
  }

  @Test func lmdb_that_is_behind_is_sound_and_said_to_be_behind() throws {
    let fixture = try fixture()
    let old = fixture.folder.file("old")
    try TemporaryFolder.copy(fixture.lmdb, to: old)
    try fixture.withStore { store throws in
      _ = try store.append(
        ["a", "b", "c"].map {
          #"{"source":"late","id":"\#($0)","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#
        })
    }
    try TemporaryFolder.copy(old, to: fixture.lmdb)
    let report = try StoreVerification.run(fixture.path, options: fixture.options)
    #expect(report.behind == 3 && report.events == UInt64(SampleEvents.small.count + 3))
  }

  @Test func an_empty_store_is_sound() throws {
    let fixture = StoreFixture()
    try fixture.withStore { _ in }
    let report = try StoreVerification.run(fixture.path, options: fixture.options)
    #expect(report.events == 0 && report.entries == 0 && report.tables == Self.tables.count)
  }

  // MARK: Rot

  @Test(arguments: [1, 40, SampleEvents.small.count])
  func a_flipped_bit_in_the_write_ahead_log_is_found_with_its_place(_ position: Int) throws {
    let fixture = try fixture()
    let line = try fixture.withStore { try $0.line(at: UInt64(position)) }
    let segments = try TemporaryFolder.names(fixture.writeAheadLog).filter { $0.hasPrefix("segment-") }
    let flipped = try segments.reduce(0) { try $0 + fixture.flip(line, inFile: "\(fixture.writeAheadLog)/\($1)") }
    #expect(flipped == 1)
    guard case .log(.writeAheadLog(.corrupt(let corruption)))? = fixture.damage() else {
      Issue.record("\(String(describing: fixture.damage()))")
      return
    }
    let frame = (position - 1) / 20 * 20 + 1
    #expect((frame..<frame + 20).contains(Int(corruption.position)) && Int(corruption.position) <= position)
    #expect(corruption.reason == .leaf && corruption.segment >= 1)
  }

  @Test(arguments: [1, 40, SampleEvents.small.count])
  func a_flipped_bit_in_an_event_in_lmdb_is_found_under_its_position(_ position: Int) throws {
    let fixture = try fixture()
    let line = try fixture.withStore { try $0.line(at: UInt64(position)) }
    #expect(try fixture.flip(line, inFile: "\(fixture.lmdb)/data.mdb") > 0)
    let key = [UInt8](repeating: 0, count: 7) + [UInt8(position)]
    #expect(checksumMismatch(fixture) == Place(table: "events", key: key))
  }

  @Test(arguments: ["timeline", "meetings", "visits", "trade-volume", "treaties", "entities"])
  func a_flipped_bit_in_a_row_of_a_view_is_found_in_its_table(_ view: String) throws {
    let fixture = try fixture()
    let table = "view.\(view).1"
    let record = try #require(try fixture.contents()[table]?.max { $0.value.count < $1.value.count })
    #expect(try fixture.flip(record.value, inFile: "\(fixture.lmdb)/data.mdb") > 0)
    #expect(checksumMismatch(fixture) == Place(table: table, key: record.key))
  }

  @Test(arguments: ["meta", "views"]) func a_flipped_bit_in_bookkeeping_is_found(_ table: String) throws {
    let fixture = try fixture()
    let record = try #require(try fixture.contents()[table]?.max { $0.value.count < $1.value.count })
    #expect(try fixture.flip(record.value, inFile: "\(fixture.lmdb)/data.mdb") > 0)
    #expect(checksumMismatch(fixture) == Place(table: table, key: record.key))
  }

  private struct Place: Equatable {
    let table: String?
    let key: [UInt8]
  }

  /// Where verification met a value that does not match its checksum.
  private func checksumMismatch(_ fixture: StoreFixture) -> Place? {
    guard case .log(.lmdb(let error))? = fixture.damage(), case .checksumMismatch(let key) = error.reason else {
      return nil
    }
    return Place(table: error.table, key: key)
  }

  // MARK: Entries that are not what the events give

  @Test(arguments: filled) func a_missing_entry_is_named(_ table: String) throws {
    let fixture = try fixture()
    let entries = try #require(try fixture.contents()[table])
    let place = entries.count / 2
    let key = entries[place].key
    try fixture.change { environment, transaction throws(LMDBError) in
      try transaction.delete(key, in: environment.table(named: table))
    }
    expectDifference(fixture, table: Self.name(table), key: key, "is missing", position: UInt64(place + 1))
  }

  @Test(arguments: filled) func a_changed_entry_with_the_right_checksum_is_named(_ table: String) throws {
    let fixture = try fixture()
    let entries = try #require(try fixture.contents()[table])
    let entry = entries[0]
    var changed = entry.value
    if changed.isEmpty { changed = [0] } else { changed[changed.count - 1] ^= 1 }
    try fixture.change { environment, transaction throws(LMDBError) in
      try transaction.put(entry.key, changed, in: environment.table(named: table))
    }
    expectDifference(fixture, table: Self.name(table), key: entry.key, "is not what the events give", position: 1)
  }

  @Test(arguments: filled) func an_entry_too_many_is_named(_ table: String) throws {
    let fixture = try fixture()
    let key = [UInt8](repeating: 0xFF, count: 9)
    try fixture.change { environment, transaction throws(LMDBError) in
      try transaction.put(key, [1], in: environment.table(named: table))
    }
    expectDifference(fixture, table: Self.name(table), key: key, "should not be there")
  }

  @Test func a_missing_table_and_one_too_many_are_named() throws {
    let missing = try fixture()
    try missing.change { environment, transaction throws(LMDBError) in
      try transaction.dropTable(environment.table(named: "subjects"))
    }
    expectDifference(missing, table: "subjects", key: [], "missing from LMDB")
    let odd = try fixture()
    try odd.change { _, transaction throws(LMDBError) in _ = try transaction.openTable("odd", create: true) }
    expectDifference(odd, table: "odd", key: [], "unknown to a rebuild")
  }

  @Test(arguments: tables + ["meta", "views"])
  func a_table_that_was_lost_is_not_replaced_by_an_empty_one(_ table: String) throws {
    let fixture = try fixture()
    try fixture.change { environment, transaction throws(LMDBError) in
      try transaction.dropTable(environment.table(named: table))
    }
    let error = #expect(throws: EventLogError.self) { try fixture.withStore { _ in } }
    #expect(error?.description.contains("\"\(table)\"") == true)
    #expect(fixture.damage() != nil)
  }

  @Test func rows_of_a_view_in_the_table_of_another_generation_are_found() throws {
    let fixture = try fixture()
    try fixture.change { environment, transaction throws(LMDBError) in
      let rows = try transaction.entries(of: environment.table(named: "view.meetings.1"))
      let other = try transaction.openTable("view.meetings.4", create: true)
      for row in rows { try transaction.put(row.key, row.value, in: other) }
      try transaction.dropTable(environment.table(named: "view.meetings.1"))
    }
    expectDifference(fixture, table: "view.meetings", key: [], "missing from LMDB")
  }

  @Test func damage_is_described_with_its_place() throws {
    let fixture = try fixture()
    try fixture.change { environment, transaction throws(LMDBError) in
      try transaction.delete([0, 0, 0, 0, 0, 0, 0, 2], in: environment.table(named: "events"))
    }
    #expect(fixture.damage().map { "\($0)" } == "LMDB: event 2 of table events is missing")
    let other = try self.fixture()
    try other.change { environment, transaction throws(LMDBError) in
      try transaction.put([0xAB], [1], in: environment.table(named: "subjects"))
    }
    #expect(
      other.damage().map { "\($0)" } == "LMDB: an entry with key ab of table subjects should not be there")
  }

  // MARK: Copies that do not belong together

  @Test func a_write_ahead_log_shorter_than_lmdb_is_found() throws {
    let fixture = try fixture()
    let segments = try TemporaryFolder.names(fixture.writeAheadLog).filter { $0.hasPrefix("segment-") }
    try TemporaryFolder.remove("\(fixture.writeAheadLog)/\(try #require(segments.last))")
    guard case .log(.writeAheadLog(.missingEntries(let head, let expected)))? = fixture.damage() else {
      Issue.record("\(String(describing: fixture.damage()))")
      return
    }
    #expect(head < expected && expected == UInt64(SampleEvents.small.count))
  }

  @Test func lmdb_that_is_not_there_is_told() throws {
    let fixture = try fixture()
    try TemporaryFolder.remove(fixture.lmdb)
    guard case .log(.lmdb(let error))? = fixture.damage() else {
      Issue.record("a missing LMDB was not told")
      return
    }
    #expect(error.reason == .noSuchFile)
    try fixture.withStore { _ in }
    #expect(fixture.damage() == nil)
  }

  @Test func a_store_in_use_is_not_verified() throws {
    let fixture = try fixture()
    try fixture.withStore { _ in
      guard case .log(.locked)? = fixture.damage() else {
        Issue.record("a store in use was verified")
        return
      }
    }
  }
}
