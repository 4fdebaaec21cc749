import JSON
import Presentation
import Testing

struct ChartTests {
  private let chart = BarChart(
    title: "turnover",
    bars: [
      BarChart.Bar(label: "2019", value: 110.2, text: "110.2 bn", isDerived: true),
      BarChart.Bar(label: "2020 بوتين", value: 55.1, text: "55.1 bn"), BarChart.Bar(label: "x", value: 0, text: "0"),
    ])

  @Test func barsAreAsLongAsTheirShareOfTheLongest() {
    #expect(
      chart.lines(width: 40, characters: .ascii) == [
        "turnover", "      2019 -------------------- 110.2 bn", "2020 بوتين ########## 55.1 bn", "         x  0",
      ])
  }

  @Test func blocksShowEighthsOfAColumn() {
    let bars = (1...8).map { BarChart.Bar(label: "", value: Double($0), text: "") }
    let lines = BarChart(title: "", bars: bars).lines(width: 2, characters: .unicode)
    #expect(lines[1] == " █ ")
    #expect(lines[8] == " ████████ ")
  }

  @Test func aChartOfNothingButZerosHasNoBars() {
    let chart = BarChart(title: "t", bars: [BarChart.Bar(label: "a", value: 0, text: "0")])
    #expect(chart.lines(width: 40, characters: .unicode) == ["t", "a  0"])
  }

  @Test func figuresThatMustNotBeComparedAreDrawnApart() throws {
    func row(_ flow: String, _ unit: String, _ more: String) throws -> JSONValue {
      try json(
        #"{"between":["CHN","RUS"],"flow":"\#(flow)","period":"2020","speaker":"c","amount":{"value":5,"unit":"\#(unit)"},\#(more)}"#
      )
    }
    let rows = [
      try row("turnover", "USD", #""measure":"level","coverage":"full""#),
      try row("exports", "USD", #""measure":"level","coverage":"partial""#),
      try row("turnover", "EUR", #""measure":"derived","coverage":"full""#),
      try row("turnover", "USD", #""measure":"forecast","coverage":"full""#),
      try json(#"{"flow":"turnover","amount":null}"#), try json(#"{"flow":"turnover","amount":[]}"#),
    ]
    let (charts, omitted) = TradeChart.charts(rows, labels: ["CHN": "China"])
    #expect(
      charts.map(\.title) == ["China, RUS: turnover, USD", "China, RUS: exports, USD", "China, RUS: turnover, EUR"])
    #expect(
      charts.map { $0.bars.map(\.text) } == [["5 USD", "5 USD (forecast)"], ["5 USD (partial)"], ["5 EUR (derived)"]])
    #expect(omitted == 2)
  }
}

struct OtherTableTests {
  @Test func recordedEventsShowWhoSaysSoAndOnWhatEvidence() throws {
    let call = #"""
      {"position":12,"recordedby":"ana","source":"desk","id":"c1","type":"claim.call","data":{"evidence":[{"document":"D5"},
      {"document":"D6"}],"attribution":["Novosti","Kremlin"],"when":{"edtf":"2021-12-15"}}}
      """#
    let document = #"{"position":3,"source":"desk","id":"d","type":"document.registered","data":{"document":"D5"}}"#
    let lines = EventTable.table([try json(call), try json(document)]).lines()
    #expect(
      lines[2].split(separator: "  ").map { String($0).trimmingPrefix(while: { $0 == " " }) } == [
        "12", "claim.call", "2021-12-15", "Kremlin via Novosti", "D5, D6", "desk", "c1", "ana",
      ])
    #expect(lines[3].hasPrefix("       3  document.registered"))
  }

  @Test func nestedMembersHaveDottedNames() throws {
    let status = try json(#"{"ok":true,"head":41,"views":{"meetings":0},"limits":{}}"#)
    #expect(
      MemberTable.table(status, without: ["ok"]).lines().dropFirst(2) == [
        "head            41", "views.meetings  0", "limits          {}",
      ])
  }

  @Test func viewsShowTheFiltersOfTheirOwn() throws {
    let row = #"""
      {"view":"meetings","version":1,"rows":7,"position":79,"lag":0,"state":"live","error":null,
      "parameters":["medium","place","between","limit"]}
      """#
    #expect(
      ViewTable.table([try json(row)]).lines().last
        == "meetings  live      7        79    0        1  medium, place")
  }

  @Test func anAnswerTellsWhatItIs() {
    var notes = AnswerNotes()
    notes.rows = 7
    notes.position = 79
    notes.at = "2026-11-23"
    #expect(notes.footer == "7 rows as of position 79, judged at 2026-11-23")
    #expect(notes.leftOut.isEmpty)
  }

  @Test func anAnswerTellsWhatItLeavesOut() {
    var notes = AnswerNotes()
    notes.rows = 1
    notes.undated = 3
    notes.hasMore = true
    #expect(notes.footer == "1 row")
    #expect(notes.leftOut.count == 2)
    #expect(notes.leftOut[0].hasPrefix("3 rows without a date were left out"))
  }
}
