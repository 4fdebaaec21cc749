import Testing
import ViewTestSupport

/// Claims that replace others or are withdrawn.
struct RevisionTests {
  private static func level(_ value: String) -> String {
    #""measure":"level","reporter":"CHN","partner":"RUS","flow":"exports","period":"2020","amount":"#
      + #"{"value":\#(value),"unit":"USD"}"#
  }

  @Test func a_replaced_claim_leaves_the_views() throws {
    let record = try Record([
      Line.claim("visit", "v1", #""visitor":"V","host":"H","when":"2024-01-01""#),
      Line.claim("visit", "v2", supersedes: "v1", #""visitor":"V","host":"H","when":"2024-01-02""#),
    ])
    #expect(try record.row("visits")["when"] == "2024-01-02")
    #expect(try record.row("timeline")["key"] == "2")
    #expect(try record.row("visits", asOf: 1)["when"] == "2024-01-01")
  }

  @Test func a_replaced_figure_stays_as_a_vintage_with_its_end() throws {
    let record = try Record()
    try record.append(Line.claim("trade", "t1", Self.level("1e9")))
    try record.append(Line.claim("trade", "t2", supersedes: "t1", Self.level("1.1e9")))
    let row = try record.row("trade-volume")
    #expect(row["amount/value"] == "11e8")
    #expect(row["claims"] == "[2]")
    #expect(row["vintage"] == #"{"from":"2026-03-01T00:00:02.000000Z","until":null}"#)
    #expect(
      row["revisions"] == #"[{"amount":{"value":1e9,"bound":"eq","unit":"USD"},"from":"2026-03-01T00:00:01.000000Z","#
        + #""until":"2026-03-01T00:00:02.000000Z","claim":1}]"#)
    #expect(try record.row("trade-volume", asOf: 1)["revisions"] == "absent")
  }

  @Test func withdrawing_the_replacement_brings_the_replaced_back() throws {
    let record = try Record()
    try record.append(Line.claim("trade", "t1", Self.level("1e9")))
    try record.append(Line.claim("trade", "t2", supersedes: "t1", Self.level("1.1e9")))
    try record.append(Line.retraction(of: "t2"))
    let row = try record.row("trade-volume")
    #expect(row["amount/value"] == "1e9")
    #expect(row["vintage/from"] == "2026-03-01T00:00:01.000000Z")
    #expect(row["revisions"] == "absent")
    #expect(try record.row("trade-volume", asOf: 2)["amount/value"] == "11e8")
  }

  @Test func only_the_end_of_a_chain_stands() throws {
    let record = try Record()
    for (id, former, value) in [("t1", nil, "1"), ("t2", "t1", "2"), ("t3", "t2", "3")] as [(String, String?, String)] {
      try record.append(Line.claim("trade", id, supersedes: former, Self.level(value)))
    }
    let row = try record.row("trade-volume")
    #expect(row["amount/value"] == "3")
    #expect(row["revisions/0/until"] == "2026-03-01T00:00:02.000000Z")
    #expect(row["revisions/1/until"] == "2026-03-01T00:00:03.000000Z")
    #expect(try record.rows("timeline").map { $0["key"] } == ["3"])
  }

  @Test func withdrawing_the_middle_of_a_chain_does_not_bring_back_its_beginning() throws {
    let record = try Record()
    for (id, former, value) in [("t1", nil, "1"), ("t2", "t1", "2"), ("t3", "t2", "3")] as [(String, String?, String)] {
      try record.append(Line.claim("trade", id, supersedes: former, Self.level(value)))
    }
    try record.append(Line.retraction(of: "t2"))
    let row = try record.row("trade-volume")
    #expect(row["amount/value"] == "3")
    #expect(row["revisions/0/claim"] == "1")
    #expect(row["revisions/1"] == "absent")
    try record.append(Line.retraction(of: "t3"))
    #expect(try record.row("trade-volume")["amount/value"] == "1")
  }

  @Test func a_withdrawn_claim_leaves_no_row_and_no_vintage() throws {
    let record = try Record([
      Line.claim("trade", "t1", Self.level("1")), Line.claim("trade", "t2", supersedes: "t1", Self.level("2")),
      Line.retraction(of: "t1"),
    ])
    #expect(try record.row("trade-volume")["revisions"] == "absent")
    try record.append(Line.retraction(of: "t2"))
    #expect(try record.rows("trade-volume").isEmpty)
    #expect(try record.rows("timeline").isEmpty)
  }

  @Test func a_claim_may_be_replaced_by_one_of_another_period() throws {
    let other = Self.level("2").replacing("2020", with: "2021")
    let record = try Record([
      Line.claim("trade", "t1", Self.level("1")), Line.claim("trade", "t2", supersedes: "t1", other),
    ])
    let row = try record.row("trade-volume")
    #expect(row["period"] == "2021")
    #expect(row["revisions"] == "absent")
  }

  @Test func withdrawing_and_claiming_again_gives_the_same_rows_but_for_positions() throws {
    let example = try Record.example()
    let (id, again) = ("d1-1-call", "d1-1-call-again")
    let line = try #require(example.first { $0.contains("\"\(id)\"") }).replacing(id, with: again)
    let withdrawal = Line.retraction(of: id).replacing(
      #""claim":{"#, with: #""claim":{"source":"annals/examples/sino-russian","#)
    let lines = example + [withdrawal, line]
    let (first, second) = (try Record(example), try Record(lines))
    for view in ["timeline", "meetings", "visits", "trade-volume", "treaties", "entities"] {
      let expected = try NormalisedRows(lines: example).texts(first.rows(view), of: view)
      let found = try NormalisedRows(lines: lines).texts(second.rows(view), of: view)
        .map { $0.replacing(again, with: id) }
      #expect(found.sorted() == expected.sorted(), "\(view)")
      let asBefore = try second.rows(view, asOf: UInt64(example.count)).map(\.description)
      #expect(try asBefore == first.rows(view).map(\.description), "\(view)")
    }
  }
}
