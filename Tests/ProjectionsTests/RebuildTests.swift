import EventLog
import LMDB
import Projections
import TestSupport
import Testing
import ViewTestSupport

/// A projector with another version: its view is built beside the old one, which is served meanwhile.
struct RebuildTests {
  private static func visit(_ id: String) -> String {
    Line.claim("visit", id, #""visitor":"V","host":"H","when":"2024-05-01""#)
  }

  /// A folder whose log was left by version 1 of the ledger.
  private static func folder(events: Int = 3) throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    let log = try ViewLog([Ledger()], in: folder)
    try log.append((1...events).map { visit("v\($0)") })
    #expect(try log.state(of: "ledger").condition == .live)
    try log.close()
    return folder
  }

  @Test func a_view_of_the_same_version_goes_on_where_it_was() throws {
    let folder = try Self.folder()
    let gate = Gate()
    // Were anything folded anew, opening would wait for ever at the gate.
    gate.shut()
    let log = try ViewLog([Ledger(gate: gate)], in: folder)
    #expect(try log.state(of: "ledger").condition == .live)
    #expect(try log.state(of: "ledger").generation == 1)
    #expect(try log.column("key", of: "ledger") == ["1", "2", "3"])
    gate.open()
    try log.append([Self.visit("v4")])
    #expect(try log.column("key", of: "ledger") == ["1", "2", "3", "4"])
    try log.close()
  }

  @Test func a_raised_version_is_built_beside_the_old_one_and_then_takes_its_place() throws {
    let folder = try Self.folder()
    let gate = Gate()
    gate.shut()
    let log = try ViewLog([Ledger(version: 2, gate: gate)], in: folder)
    let head = try log.submit([Self.visit("v4")])
    let during = try log.state(of: "ledger")
    #expect(during.condition == .rebuilding)
    #expect(during.version == 1)
    #expect(during.generation == 1)
    #expect(during.frozenAt == 3)
    #expect(try log.column("version", of: "ledger") == ["1", "1", "1"])
    #expect(try log.column("key", of: "ledger", asOf: 2) == ["1", "2"])
    gate.open()
    try log.log.waitUntilApplied(head)
    try log.waitUntilBuilt("ledger")
    let after = try log.state(of: "ledger")
    #expect(after.condition == .live)
    #expect(after.version == 2)
    #expect(after.generation == 2)
    #expect(after.frozenAt == nil)
    #expect(after.rows == 4)
    #expect(try log.column("version", of: "ledger") == ["2", "2", "2", "2"])
    #expect(try log.column("key", of: "ledger", asOf: 2) == ["1", "2"])
    try log.append([Self.visit("v5")])
    #expect(try log.column("key", of: "ledger") == ["1", "2", "3", "4", "5"])
    try log.close()
  }

  @Test func the_table_of_the_old_generation_goes_at_the_next_opening() throws {
    let folder = try Self.folder()
    for _ in 0..<2 {
      let log = try ViewLog([Ledger(version: 2)], in: folder)
      try log.waitUntilBuilt("ledger")
      #expect(try log.column("version", of: "ledger") == ["2", "2", "2"])
      try log.close()
    }
    let log = try ViewLog([Ledger(version: 2)], in: folder)
    let names = try log.log.environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
      try transaction.tableNames()
    }
    #expect(names.filter { $0.hasPrefix("view.") } == ["view.ledger.2"])
    try log.close()
  }

  @Test func a_rebuild_cut_short_begins_again() throws {
    let folder = try Self.folder()
    let gate = Gate()
    gate.shut()
    let log = try ViewLog([Ledger(version: 2, gate: gate)], in: folder)
    gate.open()
    try log.close()
    // Whether or not the rebuild was done by then, the next opening ends with it.
    let again = try ViewLog([Ledger(version: 3)], in: folder)
    try again.waitUntilBuilt("ledger")
    #expect(try again.column("version", of: "ledger") == ["3", "3", "3"])
    try again.close()
  }

  @Test func a_view_added_to_a_log_is_built_from_its_beginning() throws {
    let folder = TemporaryFolder()
    let log = try ViewLog([], in: folder)
    try log.append([Self.visit("v1"), Self.visit("v2"), Line.retraction(of: "v1")])
    try log.close()
    let gate = Gate()
    gate.shut()
    let again = try ViewLog([Ledger(gate: gate)], in: folder)
    #expect(try again.state(of: "ledger").condition == .rebuilding)
    #expect(try again.state(of: "ledger").frozenAt == 0)
    #expect(try again.rows("ledger").isEmpty)
    gate.open()
    try again.waitUntilBuilt("ledger")
    #expect(try again.column("key", of: "ledger") == ["2"])
    #expect(try again.column("key", of: "ledger", asOf: 2) == ["1", "2"])
    try again.close()
  }

  @Test func a_rebuild_of_more_events_than_one_step_holds_all_of_them() throws {
    // A step folds 2,000 events.
    let folder = try Self.folder(events: 2_100)
    let log = try ViewLog([Ledger(version: 2)], in: folder)
    try log.append([Self.visit("last")])
    try log.waitUntilBuilt("ledger")
    #expect(try log.state(of: "ledger").rows == 2_101)
    let versions = try log.column("version", of: "ledger") { $0.limit = ViewQuestion.largestLimit }
    #expect(versions == Array(repeating: "2", count: 2_101))
    try log.close()
  }

  @Test func a_rebuilt_view_answers_as_one_that_followed_the_log() throws {
    let lines = RandomLog(count: 120, SeededGenerator("rebuilt")).lines
    let folder = TemporaryFolder()
    let log = try ViewLog([Ledger()], in: folder)
    try log.append(lines)
    try log.close()
    let rebuilt = try ViewLog([Ledger(version: 2)], in: folder)
    try rebuilt.waitUntilBuilt("ledger")
    let followed = try ViewLog([Ledger(version: 2)])
    try followed.append(lines)
    for position in 0...UInt64(lines.count) {
      #expect(try rebuilt.rows("ledger", asOf: position) == followed.rows("ledger", asOf: position))
    }
    try rebuilt.close()
    try followed.close()
  }
}
