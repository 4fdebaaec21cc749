import Testing
import ViewTestSupport

struct TradeVolumeTests {
  private static func trade(_ id: String, in document: String = "D1", _ members: String) -> String {
    Line.claim("trade", id, in: document, by: ["S"], #""flow":"turnover",\#(members)"#)
  }

  private static let sides = #""between":["A","B"]"#

  private static func level(_ value: String, _ unit: String = "USD", period: String = "2020") -> String {
    #"\#(sides),"measure":"level","period":"\#(period)","amount":{"value":\#(value),"unit":"\#(unit)"}"#
  }

  private static func change(_ percent: String, base: String? = "2019", period: String = "2020") -> String {
    let base = base.map { #","base":"\#($0)""# } ?? ""
    return #"\#(sides),"measure":"change","period":"\#(period)","percent":{"value":\#(percent)}\#(base)"#
  }

  @Test(arguments: [
    ("2020", "full"), ("2019/2020", "full"), ("202X", "full"), ("2020-01/2020-12", "full"), ("2020-01", "partial"),
    ("2020-33", "partial"), ("2020-01/2020-09", "partial"), ("2020-01-01/2020-12-30", "partial"),
    ("2020/..", "partial"),
    ("/2020", "partial"), ("2020-07/2021-06", "partial"),
  ])
  func only_whole_calendar_years_are_covered_in_full(_ period: String, _ coverage: String) throws {
    let row = try Record([Self.trade("t1", Self.level("1", period: period))]).row("trade-volume")
    #expect(row["coverage"] == coverage)
    #expect(row["period"] == period)
  }

  @Test func a_level_and_a_change_give_the_base_as_a_row_of_its_own() throws {
    let record = try Record([Self.trade("t1", Self.level("120")), Self.trade("t2", Self.change("20"))])
    let rows = try record.rows("trade-volume")
    #expect(rows.map { $0["measure"] } == ["derived", "level"])
    #expect(rows.map { $0["period"] } == ["2019", "2020"])
    #expect(rows[0]["amount"] == #"{"value":100.0,"bound":"approx","unit":"USD"}"#)
    #expect(rows[0]["key"] == rows[1]["key"] + "#base 2019")
    #expect(rows[0]["implied"] == rows[1]["implied"])
    #expect(rows[0]["claims"] == "[1,2]")
  }

  @Test func a_derived_base_goes_with_either_of_its_inputs() throws {
    let record = try Record([
      Self.trade("t1", Self.level("120")), Self.trade("t2", Self.change("20")), Line.retraction(of: "t2"),
    ])
    #expect(try record.row("trade-volume")["implied"] == "null")
    #expect(try record.rows("trade-volume", asOf: 2).count == 2)
  }

  @Test func several_levels_give_no_base() throws {
    let record = try Record([
      Self.trade("t1", Self.level("120")), Self.trade("t2", Self.change("20")),
      Self.trade("t3", in: "D2", Self.level("130")),
    ])
    let row = try record.row("trade-volume")
    #expect(row["implied"] == "null")
    #expect(row["conflict"] == "contradiction")
    #expect(row["amount/0/value"] == "120")
    #expect(row["amount/1/value"] == "130")
  }

  @Test func the_same_level_twice_is_one() throws {
    let record = try Record([
      Self.trade("t1", Self.level("120")), Self.trade("t2", Self.change("20")),
      Self.trade("t3", in: "D2", Self.level("120")),
    ])
    let rows = try record.rows("trade-volume")
    #expect(rows.count == 2)
    #expect(rows[1]["conflict"] == "null")
    #expect(rows[0]["implied/inputs"] == "[1,2,3]")
  }

  @Test(arguments: [("107e9", "107.3e9", "compatible"), ("107.0e9", "107.3e9", "contradiction")])
  func levels_agree_as_far_as_their_last_digits_allow(_ one: String, _ other: String, _ conflict: String) throws {
    let record = try Record([
      Self.trade("t1", Self.level(one)), Self.trade("t2", in: "D2", Self.level(other)),
    ])
    #expect(try record.row("trade-volume")["conflict"] == conflict)
  }

  @Test func different_currencies_stand_side_by_side_without_conflict_or_base() throws {
    let record = try Record([
      Self.trade("t1", Self.level("120")), Self.trade("t2", in: "D2", Self.level("800", "CNY")),
      Self.trade("t3", Self.change("20")),
    ])
    let row = try record.row("trade-volume")
    #expect(row["conflict"] == "compatible")
    #expect(row["implied"] == "null")
    #expect(row["amount/0/unit"] == "USD")
    #expect(row["amount/1/unit"] == "CNY")
  }

  @Test func changes_against_different_bases_do_not_conflict() throws {
    let record = try Record([
      Self.trade("t1", Self.change("20")), Self.trade("t2", in: "D2", Self.change("30", base: "2018")),
    ])
    #expect(try record.row("trade-volume")["conflict"] == "compatible")
    #expect(try record.row("trade-volume")["base"] == #"["2019","2018"]"#)
    let same = try Record([Self.trade("t1", Self.change("20")), Self.trade("t2", in: "D2", Self.change("30"))])
    #expect(try same.row("trade-volume")["conflict"] == "contradiction")
  }

  @Test func series_are_kept_apart_by_speaker_side_flow_commodity_and_measure() throws {
    func figure(_ text: String) -> String { #"\#(text),"period":"2020","amount":{"value":1,"unit":"USD"}"# }
    let level = #""measure":"level""#
    let record = try Record([
      Line.claim("trade", "t1", by: ["S"], figure(#"\#(level),"flow":"exports","reporter":"A","partner":"B""#)),
      Line.claim("trade", "t2", by: ["S"], figure(#"\#(level),"flow":"exports","reporter":"B","partner":"A""#)),
      Line.claim("trade", "t3", by: ["T"], figure(#"\#(level),"flow":"exports","reporter":"A","partner":"B""#)),
      Line.claim("trade", "t4", by: ["S"], figure(#"\#(level),"flow":"imports","reporter":"A","partner":"B""#)),
      Line.claim(
        "trade", "t5", by: ["S"],
        figure(#"\#(level),"flow":"exports","reporter":"A","partner":"B","commodity":"oil""#)),
      Line.claim("trade", "t6", by: ["S"], figure(#"\#(level),"flow":"exports","between":["A","B"]"#)),
      Line.claim(
        "trade", "t7", by: ["S"], figure(#""measure":"forecast","flow":"exports","reporter":"A","partner":"B""#)),
      Line.claim("trade", "t8", by: ["S"], figure(#""measure":"target","flow":"exports","between":["A","B"]"#)),
    ])
    #expect(try record.rows("trade-volume").count == 7)
    #expect(try record.row("trade-volume", ["measure": ["forecast"]])["claims"] == "[7]")
    #expect(try record.row("trade-volume", ["commodity": ["oil"]])["claims"] == "[5]")
    #expect(try record.row("trade-volume", ["reporter": ["B"]])["claims"] == "[2]")
    #expect(try record.row("trade-volume", ["speaker": ["T"]])["claims"] == "[3]")
    #expect(try record.row("trade-volume", ["flow": ["imports"]])["claims"] == "[4]")
  }

  @Test func figures_worked_out_are_on_record_once_the_last_input_is() throws {
    let record = try Record()
    try record.append(Self.trade("t1", Self.level("120")))
    try record.append(Self.trade("t2", Self.change("20")))
    let row = try record.row("trade-volume", ["measure": ["derived"]])
    #expect(row["vintage/from"] == "2026-03-01T00:00:02.000000Z")
    #expect(row["vintage/until"] == "null")
  }
}
