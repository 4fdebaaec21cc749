import JSON
import Presentation
import Testing

struct ViewLayoutTests {
  private let labels = ["Q15031": "Xi Jinping", "Q7747": "Vladimir Putin", "CHN": "China", "RUS": "Russia"]

  private func lines(_ view: String, _ rows: [String]) throws -> [String] {
    ViewLayout.of(view).table(try rows.map(json), labels: labels).lines()
  }

  @Test func aMeetingShowsNamesDurationAndConflict() throws {
    let row = #"""
      {"key":"k","parties":["Q15031","Q7747"],"medium":"phone","status":"occurred","when":null,"earliest":null,
      "latest":null,"place":null,"duration":{"low":90,"high":null,"bound":"gt","unit":"min"},"format":null,
      "occasion":null,"topics":[],"claims":[70,71],"attributors":["The Diplomat"],"documents":["D4"],
      "conflict":"compatible","differences":[],"previous":null}
      """#
    #expect(
      try lines("meetings", [row]) == [
        "when     medium  status    parties                     duration  conflict    says",
        "───────  ──────  ────────  ──────────────────────────  ────────  ──────────  ────────────",
        "undated  phone   occurred  Xi Jinping, Vladimir Putin  > 90 min  compatible  The Diplomat",
      ])
  }

  @Test func tradeFiguresAreHumaneAndDerivedOnesMarked() throws {
    let derived = #"""
      {"speaker":"carnegie","between":["CHN","RUS"],"flow":"turnover","measure":"derived","period":"2019",
      "coverage":"full","amount":{"value":1102e8,"bound":"approx","unit":"USD"},"percent":null,"base":null}
      """#
    let change = #"""
      {"speaker":"Q7747","between":["CHN","RUS"],"flow":"turnover","measure":"level","period":"2022","coverage":"full",
      "amount":null,"percent":{"value":25,"bound":"approx","unit":"%"},"base":null}
      """#
    #expect(
      try lines("trade-volume", [derived, change]).dropFirst(2) == [
        "2019    turnover  China, Russia  ≈ 110.2 bn USD derived           full      carnegie",
        "2022    turnover  China, Russia                          ≈ +25 %  full      Vladimir Putin",
      ])
  }

  @Test func figuresOfOneSidesBookSayWhose() throws {
    let row = #"{"period":"2020","reporter":"CHN","partner":"RUS","between":["CHN","RUS"],"amount":null}"#
    #expect(try lines("trade-volume", [row]).last == "2020    China → Russia")
  }

  @Test func valuesOnWhichClaimsDifferStandSideBySideAndAreMarked() throws {
    let row = #"""
      {"when":"2026","status":["occurred","denied"],"duration":[{"value":60,"bound":"eq","unit":"min"},
      {"value":90,"bound":"eq","unit":"min"}],"conflict":"contradiction",
      "differences":[{"column":"status"},{"column":"duration"}]}
      """#
    let line = try #require(try lines("meetings", [row]).last)
    #expect(line.contains("occurred / denied"))
    #expect(line.contains("60 min / 90 min"))
    #expect(line.contains("!! contradiction"))
  }

  @Test(arguments: [
    (#"{"when":"2025-08-31","aspect":"from"}"#, "from 2025-08-31"),
    (#"{"when":"2026","aspect":"deadline"}"#, "by 2026"),
    (#"{"when":null,"expression":["قبل أيام"]}"#, "“قبل أيام”"), (#"{"when":null}"#, "undated"),
    (#"{"when":"2025-21"}"#, "2025-21"),
  ])
  func aDateShowsWhatLimitsItAndWordsStandForOne(row: String, when: String) throws {
    #expect(RowReader(try json(row)).when == when)
  }

  @Test(arguments: [("3", "expires 2026-02-05 (in 3 d)"), ("[1,30]", "expires 2026-02-05 (in 1–30 d)")])
  func aTreatyTellsItsNextDate(days: String, next: String) throws {
    let row = #"{"treaty":"new-start","next":{"action":"expires","when":"2026-02-05"},"days_to_next":\#(days)}"#
    #expect(try lines("treaties", [row]).last == "new-start  \(next)")
  }

  @Test func aViewWithoutALayoutShowsItsRowsOwnMembers() throws {
    let rows = [
      #"{"key":"a","claimed":8,"state":"undercovered","claims":[1]}"#, #"{"key":"b","matched":6,"claims":[2]}"#,
    ]
    #expect(
      try lines("calendar", rows) == [
        "claimed  state         matched", "───────  ────────────  ───────", "8        undercovered",
        "                       6",
      ])
  }

  @Test func keysComeFirstWhereTheyAreAskedFor() throws {
    let table = ViewLayout.of("treaties").table([try json(#"{"key":"new-start","state":"signed"}"#)], showsKeys: true)
    #expect(table.lines().first?.hasPrefix("key        ") == true)
  }

  @Test func theHeaderOfAnExportHasTheViewsMembersThenTheRowsOwn() throws {
    let layout = ViewLayout.of("timeline")
    let header = layout.header(of: [try json(#"{"key":"1","aspect":"from"}"#), try json(#"{"expression":[]}"#)])
    #expect(header == layout.members + ["aspect", "expression"])
    #expect(ViewLayout.of("calendar").header(of: []) == ["key"])
  }

  @Test func idsOfEntitiesAreGatheredOnce() throws {
    let rows = [
      try json(#"{"parties":["Q15031","Q7747"],"place":"beijing","attributors":["D1"]}"#),
      try json(#"{"parties":["Q7747"],"place":null,"attributors":[]}"#),
    ]
    #expect(ViewLayout.of("meetings").entityIDs(in: rows) == ["Q15031", "Q7747", "beijing", "D1"])
  }
}
