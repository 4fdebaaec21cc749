import JSON
import Testing

@testable import annals

struct AppendReportTests {
  private func tally(_ batches: [(lines: ClosedRange<Int>, positions: [Int64], duplicates: Int)]) -> AppendTally {
    var tally = AppendTally()
    for batch in batches {
      tally.add(
        Lines.batch(batch.lines), positions: batch.positions, duplicates: batch.duplicates,
        head: batch.positions.max() ?? 0)
    }
    return tally
  }

  private func report(_ tally: AppendTally, _ faults: [Fault] = []) -> AppendReport {
    AppendReport(tally: tally, faults: faults, files: ["events.ndjson"])
  }

  @Test func theSummaryTellsEventsPositionsAndDuplicates() {
    #expect(
      report(tally([(1...2, [1, 2], 0), (3...4, [3, 4], 0)])).summary
        == "recorded 4 events at positions 1–4 (0 duplicates)")
    #expect(report(tally([(1...1, [9], 0)])).summary == "recorded 1 event at position 9 (0 duplicates)")
    #expect(report(tally([(1...2, [5, 6], 2)])).summary == "recorded 0 events (2 duplicates)")
    #expect(
      report(tally([(1...2, [3, 4], 0), (3...4, [9, 10], 0)])).summary
        == "recorded 4 events at positions 3–4, 9–10 (0 duplicates)")
  }

  @Test func ofABatchWithDuplicatesTheLastPositionsAreNew() {
    #expect(tally([(1...4, [3, 80, 7, 81], 2)]).positions == [80...81])
    // Twice the same event in one batch: one position, one duplicate.
    #expect(tally([(1...3, [80, 80, 81], 1)]).positions == [80...81])
  }

  @Test func runsThatWereRecordedOutOfOrderAreToldInOrder() {
    let tally = tally([(1...2, [1, 2], 0), (5...6, [3, 4], 0), (3...4, [5, 6], 0), (9...9, [7], 0)])
    #expect(tally.lines.map { [$0.first.line, $0.last.line] } == [[1, 6], [9, 9]])
    #expect(tally.positions == [1...7])
  }

  @Test func linesAreTogetherThoughBlankOnesStandBetweenButNotAcrossFiles() {
    var tally = AppendTally()
    let places = [
      LinePlace(file: 0, line: 2, ordinal: 0), LinePlace(file: 0, line: 9, ordinal: 1),
      LinePlace(file: 1, line: 1, ordinal: 2),
    ]
    tally.add(
      Batch(places.map { InputLine(place: $0, bytes: []) }), positions: [1, 2, 3], duplicates: 0, head: 3)
    #expect(tally.lines.map { [$0.first.file, $0.first.line, $0.last.line] } == [[0, 2, 9], [1, 1, 1]])
  }

  @Test func aFaultIsToldWithFileLineAndPlace() {
    let faults = [
      Fault(place: Lines.place(12), code: "invalid_event", message: "Two parties at least.", pointer: "/data/parties"),
      Fault(place: Lines.place(3), code: "invalid_json", message: "No value.", pointer: ""),
    ]
    let report = report(tally([(1...2, [1, 2], 0), (7...7, [3], 0)]), faults)
    #expect(
      report.faultLines == [
        "events.ndjson:3: invalid_json: No value.",
        "events.ndjson:12: /data/parties: invalid_event: Two parties at least.",
      ])
    #expect(report.state.hasPrefix("Recorded: events.ndjson lines 1–2, events.ndjson line 7; nothing else is. "))
  }

  @Test func nothingRecordedIsSaid() {
    #expect(report(AppendTally()).state.hasPrefix("Nothing is recorded. "))
  }

  @Test func theReportForProgramsHasItAll() throws {
    let fault = Fault(place: Lines.place(3), code: "invalid_event", message: "m", pointer: "/data")
    let json = report(tally([(1...2, [1, 2], 0)]), [fault]).json
    #expect(
      String(decoding: json, as: UTF8.self) == #"""
        {"recorded":2,"duplicates":0,"head":2,"positions":[[1,2]],"lines":[{"file":"events.ndjson","from":1,"to":2}],\#
        "faults":[{"file":"events.ndjson","pointer":"/data","error":"invalid_event","message":"m","line":3}]}
        """#)
  }
}
