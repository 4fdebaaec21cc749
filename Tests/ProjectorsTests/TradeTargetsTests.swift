import Testing
import ViewTestSupport

struct TradeTargetsTests {
  private static func target(
    _ id: String, in document: String = "D1", by speaker: String = "S", sides: String = #""between":["A","B"]"#,
    flow: String = "turnover", _ bound: String = "eq", _ value: String = "200e9", _ addition: String = ""
  ) -> String {
    Line.claim(
      "trade", id, in: document, by: [speaker],
      #""measure":"target",\#(sides),"flow":"\#(flow)","#
        + #""amount":{"value":\#(value),"bound":"\#(bound)","unit":"USD"}\#(addition.isEmpty ? "" : ",\(addition)")"#)
  }

  private static func level(
    _ id: String, by speaker: String = "S", sides: String = #""between":["A","B"]"#, flow: String = "turnover",
    of period: String, _ bound: String = "eq", _ value: String, unit: String = "USD", measure: String = "level"
  ) -> String {
    Line.claim(
      "trade", id, by: [speaker],
      #""measure":"\#(measure)",\#(sides),"flow":"\#(flow)","period":"\#(period)","#
        + #""amount":{"value":\#(value),"bound":"\#(bound)","unit":"\#(unit)"}"#)
  }

  /// The state of a target by 2024 on a day, given a volume of a year.
  private static func state(of period: String, _ bound: String, _ value: String, at day: String) throws -> String {
    let record = try Record([
      target("t", "eq", "200e9", #""deadline":"2024""#), level("l", of: period, bound, value),
    ])
    return try record.row("trade-targets", at: day)["state"]
  }

  @Test(arguments: [
    ("2023", "eq", "240.1e9", "2024-06-01", "reached"), ("2023", "eq", "199e9", "2024-06-01", "open"),
    // What is written as 200 may be 199.6.
    ("2023", "eq", "200e9", "2024-06-01", "possibly-reached"), ("2023", "ge", "200e9", "2024-06-01", "reached"),
    ("2023", "gt", "150e9", "2024-06-01", "possibly-reached"), ("2023", "lt", "200e9", "2024-06-01", "open"),
    ("2023", "le", "200e9", "2024-06-01", "possibly-reached"),
    ("2023", "approx", "210e9", "2024-06-01", "possibly-reached"), ("2023", "approx", "240e9", "2024-06-01", "reached"),
    ("2023", "approx", "150e9", "2024-06-01", "open"),
    // A year that is not over yet says nothing, nor does one after the deadline.
    ("2023", "eq", "240.1e9", "2023-12-31", "open"), ("2023", "eq", "240.1e9", "2024-01-01", "reached"),
    ("2025", "eq", "240.1e9", "2026-01-01", "possibly-missed"),
    // By the end of the deadline's year.
    ("2024", "eq", "199e9", "2024-12-31", "open"), ("2024", "eq", "199e9", "2025-01-01", "missed"),
    ("2023", "eq", "199e9", "2025-01-01", "possibly-missed"), ("2024", "eq", "200e9", "2025-01-01", "possibly-reached"),
    ("2024", "eq", "245e9", "2025-01-01", "reached"),
  ])
  func a_state_is_judged_on_bounds_on_the_day_asked_about(
    _ period: String, _ bound: String, _ value: String, _ day: String, _ state: String
  ) throws {
    #expect(try Self.state(of: period, bound, value, at: day) == state)
  }

  @Test(arguments: [
    ("gt", "200e9", "ge", "200e9", "possibly-reached"), ("gt", "200e9", "gt", "200e9", "reached"),
    ("ge", "200e9", "ge", "200e9", "reached"), ("approx", "200e9", "ge", "210e9", "possibly-reached"),
    ("approx", "200e9", "ge", "221e9", "reached"), ("approx", "200e9", "lt", "179e9", "open"),
    ("le", "200e9", "lt", "200e9", "reached"), ("lt", "200e9", "ge", "200e9", "open"),
    ("lt", "200e9", "lt", "200e9", "reached"), ("le", "200e9", "eq", "200.0e9", "possibly-reached"),
  ])
  func a_target_may_be_a_limit_itself(
    _ bound: String, _ value: String, _ levelBound: String, _ level: String, _ state: String
  ) throws {
    let record = try Record([
      Self.target("t", bound, value, #""deadline":"2024""#), Self.level("l", of: "2023", levelBound, level),
    ])
    #expect(try record.row("trade-targets", at: "2024-06-01")["state"] == state)
  }

  @Test func without_a_deadline_a_target_is_open_until_it_is_reached() throws {
    let record = try Record([Self.target("t"), Self.level("l1", of: "2022", "eq", "190.3e9")])
    let row = try record.row("trade-targets", at: "2100-01-01")
    #expect(row["state"] == "open-without-deadline")
    #expect(row["deadline"] == "null")
    #expect([row["earliest"], row["latest"]] == ["null", "null"])
    #expect(row["judged_on"] == "2022")
    try record.append(Self.level("l2", of: "2023", "eq", "240.1e9"))
    #expect(try record.row("trade-targets", at: "2100-01-01")["state"] == "reached")
    #expect(try record.row("trade-targets", at: "2023-06-01")["state"] == "open-without-deadline")
    #expect(try record.row("trade-targets", asOf: 2, at: "2100-01-01")["state"] == "open-without-deadline")
  }

  @Test func the_newest_levels_stand_side_by_side_with_who_states_them() throws {
    let record = try Record([
      Self.target("t", "eq", "200e9", #""deadline":"2024""#), Self.level("l1", of: "2022", "eq", "250e9"),
      Self.level("l2", by: "T", of: "2023", "eq", "201e9"), Self.level("l3", by: "U", of: "2023", "eq", "199e9"),
    ])
    let row = try record.row("trade-targets", at: "2024-06-01")
    #expect(row["latest_level/0/period"] == "2023")
    #expect(row["latest_level/0/attributors"] == #"["T"]"#)
    #expect(row["latest_level/0/amount/value"] == "201e9")
    #expect(row["latest_level/1/attributors"] == #"["U"]"#)
    #expect(row["latest_level/1/amount/value"] == "199e9")
    #expect(row["latest_level/2"] == "absent")
    #expect(row["state"] == "possibly-reached")
    #expect([row["earliest"], row["latest"]] == ["2024-01-01", "2024-12-31"])
  }

  @Test(arguments: [
    Self.level("l", flow: "exports", of: "2023", "eq", "300e9"),
    Self.level("l", flow: "imports", of: "2023", "eq", "300e9"),
    Self.level("l", of: "2023-01/2023-09", "eq", "300e9"), Self.level("l", of: "2023", "eq", "300e9", unit: "CNY"),
    Self.level("l", of: "2023", "eq", "300e9", measure: "forecast"),
    Self.level("l", sides: #""between":["A","C"]"#, of: "2023", "eq", "300e9"),
    Self.level("l", sides: #""between":["A","B"],"commodity":"oil""#, of: "2023", "eq", "300e9"),
  ])
  func another_flow_period_unit_or_series_says_nothing(_ level: String) throws {
    let row = try Record([Self.target("t"), level]).row("trade-targets", at: "2025-01-01")
    #expect(row["latest_level"] == "[]")
    #expect(row["judged_on"] == "null")
    #expect(row["state"] == "open-without-deadline")
  }

  @Test(arguments: [
    ("turnover", #""between":["A","B"]"#, "reached"), ("exports", #""between":["A","B"]"#, "open-without-deadline"),
    ("exports", #""reporter":"A","partner":"B""#, "reached"),
    ("exports", #""reporter":"B","partner":"A""#, "open-without-deadline"),
  ])
  func the_book_of_one_side_counts_for_that_side_and_for_turnover(
    _ flow: String, _ sides: String, _ state: String
  ) throws {
    let record = try Record([
      Self.target("t", sides: sides, flow: flow),
      Self.level("l", sides: #""reporter":"A","partner":"B""#, flow: flow, of: "2023", "eq", "300e9"),
    ])
    #expect(try record.row("trade-targets", at: "2025-01-01")["state"] == state)
  }

  @Test func targets_of_one_deadline_meet_and_amounts_without_one_tell_them_apart() throws {
    let record = try Record([
      Self.target("t1", "eq", "200e9", #""deadline":"2024""#),
      Self.target("t2", in: "D2", "eq", "210e9", #""deadline":"2024""#), Self.target("t3", "eq", "200e9"),
      Self.target("t4", in: "D2", "eq", "200e9"), Self.target("t5", "eq", "300e9"), Self.target("t6", by: "T"),
    ])
    let rows = try record.rows("trade-targets")
    #expect(Set(rows.map { $0["claims"] }) == ["[1,2]", "[3,4]", "[5]", "[6]"])
    #expect(rows[0]["conflict"] == "contradiction")
    #expect(rows[0]["amount/1/value"] == "210e9")
    #expect(try record.row("trade-targets", ["speaker": ["T"]])["claims"] == "[6]")
  }

  @Test func a_period_or_a_deadline_in_the_date_says_by_when() throws {
    let record = try Record([
      Self.target("t1", "eq", "1e9", #""period":"2024""#),
      Self.target("t2", "eq", "2e9", #""when":{"edtf":"2025","aspect":"deadline"}"#),
      Self.target("t3", "eq", "3e9", #""when":"2021-05-01""#),
      Self.target(
        "t4", "eq", "4e9", #""when":{"expression":"by then","lang":"en","relative":{"rule":"deadline-unstated"}}"#),
    ])
    #expect(try record.rows("trade-targets").map { $0["deadline"] } == ["2024", "2025", "null", "null"])
    #expect(try record.rows("trade-targets", ["state": ["open-without-deadline"]]).count == 2)
    #expect(try record.rows("trade-targets").last?["expression"] == #"["by then"]"#)
  }

  @Test func a_target_called_off_is_cancelled_whatever_the_figures() throws {
    let record = try Record([
      Self.target("t", "eq", "1e9", #""status":"cancelled""#), Self.level("l", of: "2023", "eq", "3e9"),
    ])
    #expect(try record.row("trade-targets")["state"] == "cancelled")
    try record.append(Line.retraction(of: "t"))
    #expect(try record.rows("trade-targets").isEmpty)
  }
}
