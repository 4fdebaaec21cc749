import Testing
import ViewTestSupport

struct TradeMirrorTests {
  private static func book(
    _ id: String, by speaker: String = "S", _ reporter: String, _ partner: String, _ flow: String,
    _ value: String = "1",
    period: String = "2020", measure: String = "level", commodity: String? = nil
  ) -> String {
    let commodity = commodity.map { #","commodity":"\#($0)""# } ?? ""
    return Line.claim(
      "trade", id, by: [speaker],
      #""measure":"\#(measure)","reporter":"\#(reporter)","partner":"\#(partner)","flow":"\#(flow)","#
        + #""period":"\#(period)","amount":{"value":\#(value),"unit":"USD"}\#(commodity)"#)
  }

  @Test(arguments: [("exports", "imports"), ("imports", "exports"), ("turnover", "turnover")])
  func the_other_sides_book_stands_beside_a_figure(_ flow: String, _ mirrored: String) throws {
    let record = try Record([
      Self.book("t1", "A", "B", flow, "10"), Self.book("t2", by: "T", "B", "A", mirrored, "12"),
    ])
    let row = try record.row("trade-volume", ["reporter": ["A"]])
    let other = try record.row("trade-volume", ["reporter": ["B"]])
    #expect(
      row["mirror"] == "[{\"key\":\"\(other["key"])\",\"reporter\":\"B\",\"flow\":\"\(mirrored)\","
        + #""amount":{"value":12,"bound":"eq","unit":"USD"},"attributors":["T"]}]"#)
    #expect(other["mirror/0/key"] == row["key"])
    #expect(row["amount/value"] == "10")
    #expect(row["conflict"] == "null")
  }

  @Test(arguments: [
    Self.book("t2", "B", "A", "exports"), Self.book("t2", by: "T", "A", "B", "imports"),
    Self.book("t2", "B", "A", "imports", period: "2021"),
    Self.book("t2", "B", "A", "imports", period: "2020-01/2020-09"),
    Self.book("t2", "B", "A", "imports", commodity: "oil"), Self.book("t2", "B", "A", "imports", measure: "forecast"),
    Self.book("t2", "B", "C", "imports"),
    Line.claim(
      "trade", "t2", by: ["S"],
      #""measure":"change","reporter":"B","partner":"A","flow":"imports","period":"2020","percent":{"value":3}"#),
    Line.claim(
      "trade", "t2", by: ["S"],
      #""measure":"level","between":["B","A"],"flow":"imports","period":"2020","amount":{"value":3,"unit":"USD"}"#),
  ])
  func another_flow_side_period_or_good_is_no_mirror(_ other: String) throws {
    let record = try Record([Self.book("t1", "A", "B", "exports"), other])
    let row = try #require(try record.rows("trade-volume").first { $0["claims"] == "[1]" })
    #expect(row["mirror"] == "[]")
  }

  @Test func every_speaker_of_the_other_side_is_named_and_months_are_found_among_many() throws {
    let months = (1...12).map { "2020-\($0 < 10 ? "0" : "")\($0)" }
    var lines: [String] = []
    for month in months {
      lines.append(Self.book("a\(month)", "A", "B", "exports", period: month))
      lines.append(Self.book("b\(month)", "B", "A", "imports", period: month))
      lines.append(Self.book("c\(month)", by: "T", "B", "A", "imports", period: month))
    }
    let record = try Record(lines + [Self.book("year", "B", "A", "imports", period: "2020-01/2020-12")])
    let rows = try record.rows("trade-volume", ["reporter": ["A"]])
    #expect(rows.count == 12)
    for row in rows {
      #expect([row["mirror/0/attributors"], row["mirror/1/attributors"]] == [#"["S"]"#, #"["T"]"#])
      #expect(row["mirror/2"] == "absent")
    }
  }

  @Test func a_figure_of_nobodys_book_has_no_mirror_and_a_withdrawn_one_is_none() throws {
    let record = try Record([
      Line.claim(
        "trade", "t1", by: ["S"],
        #""measure":"level","between":["A","B"],"flow":"turnover","period":"2020","amount":{"value":3,"unit":"USD"}"#),
      Self.book("t2", "A", "B", "turnover"), Self.book("t3", "B", "A", "turnover"),
    ])
    let rows = try record.rows("trade-volume")
    #expect(rows.first { $0["claims"] == "[1]" }?["mirror"] == "absent")
    #expect(rows.first { $0["claims"] == "[2]" }?["mirror/0/reporter"] == "B")
    try record.append(Line.retraction(of: "t3"))
    #expect(try record.row("trade-volume", ["reporter": ["A"]])["mirror"] == "[]")
    #expect(try record.row("trade-volume", ["reporter": ["A"]], asOf: 3)["mirror/0/reporter"] == "B")
  }

  @Test func sides_known_by_several_names_find_each_other() throws {
    let record = try Record([
      Self.book("t1", "China", "RU,S/A", "exports"), Self.book("t2", by: "T", "RU,S/A", "Zhongguo", "imports"),
      Line.entity("CHN", "country", names: "China", "Zhongguo"),
    ])
    #expect(try record.row("trade-volume", ["reporter": ["CHN"]])["mirror/0/reporter"] == "RU,S/A")
  }
}
