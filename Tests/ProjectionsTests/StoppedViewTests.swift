import EDTF
import EventLog
import Projections
import Projectors
import TestSupport
import Testing
import ViewTestSupport

/// A projector that meets a case it holds for impossible stops its view, and nothing else.
struct StoppedViewTests {
  private static let lines = (1...4).map { index in
    Line.claim("visit", "v\(index)", #""visitor":"V","host":"H","when":"2024-05-0\#(index)""#)
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    let log = try ViewLog(Views.all + [Ledger(poison: "v3")], in: folder)
    try log.append(lines)
    try log.close()
    return folder
  }

  @Test func the_view_stops_before_the_event_and_says_why() throws {
    let log = try ViewLog(Views.all + [Ledger(poison: "v3")])
    for line in Self.lines { try log.append([line]) }
    let state = try log.state(of: "ledger")
    #expect(state.condition == .stopped)
    #expect(state.frozenAt == 2)
    #expect(state.error == "at position 3: poison")
    #expect(state.rows == 2)
    #expect(try log.column("key", of: "ledger") == ["1", "2"])
    #expect(try log.column("key", of: "ledger", asOf: 1) == ["1"])
    try log.close()
  }

  @Test func the_log_and_the_other_views_go_on() throws {
    let log = try ViewLog(Views.all + [Ledger(poison: "v3")])
    try log.append(Self.lines)
    #expect(log.log.failure == nil)
    #expect(log.log.applied == 4)
    #expect(try log.state(of: "visits").condition == .live)
    #expect(try log.rows("visits").count == 4)
    #expect(try log.rows("timeline").count == 4)
    try log.close()
  }

  @Test func the_same_projector_stops_again_at_the_next_opening() throws {
    let log = try ViewLog(Views.all + [Ledger(poison: "v3")], in: Self.folder())
    try log.waitUntilBuilt("ledger")
    let state = try log.state(of: "ledger")
    #expect(state.condition == .stopped)
    #expect(state.frozenAt == 2)
    #expect(try log.column("key", of: "ledger") == ["1", "2"])
    try log.append([Line.claim("visit", "v5", #""visitor":"V","host":"H","when":"2024""#)])
    #expect(try log.column("key", of: "ledger") == ["1", "2"])
    try log.close()
  }

  @Test(arguments: [1, 2])
  func a_mended_projector_builds_the_view_anew(_ version: Int) throws {
    let folder = try Self.folder()
    let gate = Gate()
    gate.shut()
    let log = try ViewLog(Views.all + [Ledger(version: version, gate: gate)], in: folder)
    // What stood before the fault is served until the new rows are there.
    #expect(try log.state(of: "ledger").condition == .rebuilding)
    #expect(try log.state(of: "ledger").frozenAt == 2)
    #expect(try log.column("key", of: "ledger") == ["1", "2"])
    gate.open()
    try log.waitUntilBuilt("ledger")
    let state = try log.state(of: "ledger")
    #expect(state.condition == .live)
    #expect(state.error == nil)
    #expect(state.version == version)
    #expect(try log.column("key", of: "ledger") == ["1", "2", "3", "4"])
    try log.close()
  }
}
