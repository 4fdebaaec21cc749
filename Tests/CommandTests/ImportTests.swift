import AnnalsClient
import Foundation
import Import
import JSON
import TestSupport
import Testing

@testable import annals

struct ImportTests {
  private static let mapping = """
    {"source": "desk", "dates": {"day": {"formats": ["iso"]}}, "each": [{"type": "claim.treaty", "id": "{t}",
      "data": {"treaty": {"column": "t"}, "action": "signed", "when": {"column": "day", "as": "when"},
               "evidence": [{"document": "d"}]}}]}
    """
  private static let table = "t,day\nA,2001-04-20\nB,2001-02-30\nC\n\nD,2002\n"

  /// A folder with a table and a mapping.
  private func folder(_ table: String = table) throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    try table.write(toFile: folder.file("t.csv"), atomically: true, encoding: .utf8)
    try Self.mapping.write(toFile: folder.file("m.json"), atomically: true, encoding: .utf8)
    return folder
  }

  private func run(_ folder: TemporaryFolder, _ arguments: [String]) async throws {
    let all = ["import", folder.file("t.csv"), "--mapping", folder.file("m.json")] + arguments
    let command = try #require(try Annals.parseAsRoot(all) as? Import)
    try await command.run()
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// Answers that record every event of a request.
  private static func recorded(_ request: String) -> [String] {
    let count = request.ranges(of: #""source""#).count
    let positions = (0..<count).map { "\($0 + 1)" }.joined(separator: ",")
    return [#"{"ok":true,"positions":[\#(positions)],"head":\#(count),"duplicates":0}"#]
  }

  @Test func eventsAreWrittenInsteadOfRecorded() async throws {
    let folder = try folder()
    try await run(folder, ["--output", folder.file("o.ndjson")])
    let events = try lines(folder.file("o.ndjson"))
    #expect(events.count == 3)
    #expect(
      events.first
        == #"{"source":"desk","id":"A","type":"claim.treaty","data":{"treaty":"A","action":"signed","#
        + #""when":"2001-04-20","evidence":[{"document":"d"}]}}"#)
  }

  @Test func theReportForProgramsHasEveryFindingAndTheNumbers() async throws {
    let folder = try folder()
    try await run(folder, ["--dry-run", "--report", folder.file("r.ndjson")])
    let report = try lines(folder.file("r.ndjson"))
    #expect(
      report.dropLast() == [
        #"{"finding":"date","line":3,"leftOut":"none","column":"day","value":"2001-02-30","event":"B","#
          + #""message":"there is no day 30 in month 2 of 2001"}"#,
        #"{"finding":"ragged-row","line":4,"leftOut":"row","message":"the row has 1 cell, the header 2"}"#,
        #"{"finding":"date","line":6,"leftOut":"none","column":"day","value":"2002","event":"D","#
          + #""message":"it is no date of the format iso"}"#,
      ])
    let numbers = try JSONParser().parse(Array(try #require(report.last).utf8)).root
    #expect(
      ["rows", "rowsTaken", "rowsInPart", "rowsLeftOut", "blankLines"].map { numbers[$0]?.int } == [4, 3, 0, 1, 1])
    #expect(numbers["findings"]?["date"]?.int == 2)
  }

  @Test func whatWasLeftOutHasAStatusOfItsOwnWhereAllWasAskedFor() async throws {
    let folder = try folder()
    let failure = await #expect(throws: CommandFailure.self) { try await run(folder, ["--dry-run", "--strict"]) }
    #expect(failure?.status == .incomplete)
    let whole = try self.folder("t,day\nA,2001-04-20\n")
    try await run(whole, ["--dry-run", "--strict"])
  }

  @Test func eventsAreRecordedInBatches() async throws {
    let folder = try folder()
    try await ScriptedDaemon.run {
      Self.recorded($0)
    } _: { socket, requests in
      try await run(folder, ["--socket", socket])
      let appends = requests.all.filter { $0.hasPrefix("APPEND") }
      #expect(appends.count == 1)
      #expect(appends.first?.ranges(of: #""source""#).count == 3)
    }
  }

  @Test func aRefusalOfTheDaemonIsToldOfTheRowItComesFrom() async throws {
    let folder = try folder()
    let script: ScriptedDaemon.Script = { request in
      guard let event = request.range(of: #""id":"B""#) else { return Self.recorded(request) }
      let index = request[..<event.lowerBound].ranges(of: #""source""#).count - 1
      return [#"{"error":"id_conflict","message":"No.","pointer":"/\#(index)","index":\#(index)}"#]
    }
    try await ScriptedDaemon.run(script) { socket, _ in
      let failure = await #expect(throws: CommandFailure.self) {
        try await run(folder, ["--socket", socket, "--report", folder.file("r.ndjson")])
      }
      #expect(failure?.status == .refused)
      let refused = try lines(folder.file("r.ndjson")).filter { $0.contains("refused") }
      #expect(
        refused.first
          == #"{"finding":"refused","line":3,"leftOut":"event","event":"B","message":"id_conflict: No."}"#)
    }
  }

  @Test func aTableOrAMappingThatCannotBeReadIsRefusedWithItsName() async throws {
    let folder = try folder("x,day\n")
    let table = await #expect(throws: CommandFailure.self) { try await run(folder, ["--dry-run"]) }
    #expect(table?.message.contains("t.csv: The table has no column \"t\".") == true)
    try "{}".write(toFile: folder.file("m.json"), atomically: true, encoding: .utf8)
    let mapping = await #expect(throws: CommandFailure.self) { try await run(folder, ["--dry-run"]) }
    #expect(mapping?.message.contains("m.json: member \"source\" is missing") == true)
  }

  @Test func theReportForPeopleTellsTheFirstFindingsOfEachKind() throws {
    let rows = (1...5).map { "T\($0),x\n" }.joined()
    var importer = try Importer(
      Array("t,day,note\n\(rows.replacing("x", with: "x,"))U\n".utf8),
      mapping: Mapping(parsing: Array(Self.mapping.utf8)))
    while importer.next() != nil {}
    #expect(
      ImportReport(file: "t.csv", importer: importer).lines == [
        "t.csv: 6 rows (utf-8, comma): 5 taken, 1 left out", "t.csv: 5 events: 5 claim.treaty",
        "t.csv:7: ragged-row: the row has 1 cell, the header 3 (left out: the row)",
        "t.csv:2: day \"x\": date: it is no date of the format iso",
        "t.csv:3: day \"x\": date: it is no date of the format iso",
        "t.csv:4: day \"x\": date: it is no date of the format iso", "t.csv: 2 more date; --report FILE tells all.",
        "t.csv: columns that the mapping does not use: \"note\"",
      ])
  }
}
