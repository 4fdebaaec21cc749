import JSON
import Testing

@testable import Claims

/// `claim.trade`: which members go together.
@Suite struct TradeRuleTests {
  private static let usd = #""amount":{"value":107000000000,"unit":"USD"}"#
  private static let percent = #""percent":{"value":-2.9}"#
  private static let pair = #""reporter":"CHN","partner":"RUS""#

  private static func members(_ measure: String, _ sides: String, _ more: String) -> String {
    let flow = #""flow":"turnover""#
    return [#""evidence":[{"document":"D1"}],"measure":"\#(measure)""#, sides, flow, more]
      .filter { !$0.isEmpty }.joined(separator: ",")
  }

  private func trade(_ measure: String, _ sides: String = pair, _ more: String) throws -> TradeClaim {
    try #require(try event(envelope("claim.trade", Self.members(measure, sides, more))).body as? TradeClaim)
  }

  @Test func a_level_is_read() throws {
    let claim = try trade("level", Self.pair, #""period":"2020","commodity":"steel",\#(Self.usd)"#)
    let amount = Quantity(value: ExactDecimal(107_000_000_000), bound: .eq, unit: "USD")
    #expect(claim.figure == .level(amount) && claim.flow == .turnover && claim.period?.description == "2020")
    #expect(
      claim.sides == .reported(reporter: EntityReference(text: "CHN"), partner: EntityReference(text: "RUS")))
    #expect(claim.summary == "turnover steel 2020 107000000000 USD")
    #expect(claim.ownEntities.map(\.text) == ["CHN", "RUS"])
  }

  @Test func a_change_is_read_with_and_without_its_base() throws {
    let bare = try trade("change", Self.pair, #""period":"2022",\#(Self.percent)"#)
    let minus = Quantity(value: try #require(ExactDecimal("-2.9")), bound: .eq, unit: "%")
    #expect(bare.figure == .change(percent: minus, base: nil))
    #expect(bare.summary == "turnover 2022 -2.9 %")
    let based = try trade("change", Self.pair, #""period":"2020","base":"2019",\#(Self.percent)"#)
    guard case .change(_, let base?) = based.figure else {
      Issue.record("the base is lost")
      return
    }
    #expect(base.description == "2019")
  }

  @Test func a_target_needs_neither_period_nor_deadline() throws {
    let bare = try trade("target", #""between":["CHN","RUS"]"#, Self.usd)
    #expect(bare.period == nil && bare.sides == .between(EntityReference(text: "CHN"), EntityReference(text: "RUS")))
    #expect(bare.summary == "turnover target 107000000000 USD")
    guard case .target(_, let deadline?) = try trade("target", Self.pair, #""deadline":"2024",\#(Self.usd)"#).figure
    else {
      Issue.record("the deadline is lost")
      return
    }
    #expect(deadline.description == "2024")
  }

  @Test func a_forecast_is_read() throws {
    let claim = try trade("forecast", Self.pair, #""period":"2021",\#(Self.usd)"#)
    #expect(claim.summary == "turnover 2021 forecast 107000000000 USD")
  }

  @Test(arguments: [
    ("level", pair, #""period":"2020""#, "/data", "\"amount\" is missing"),
    ("level", pair, usd, "/data", "\"period\" is missing"),
    ("forecast", pair, usd, "/data", "\"period\" is missing"),
    ("change", pair, #""period":"2020""#, "/data", "\"percent\" is missing"),
    ("change", pair, percent, "/data", "\"period\" is missing"),
    ("target", pair, "", "/data", "\"amount\" is missing"),
    ("levle", pair, usd, "/data/measure", "did you mean \"level\"?"),
    ("level", pair, #""period":"2020","base":"2019",\#(usd)"#, "/data/base", "only a change has a base"),
    ("level", pair, #""period":"2020",\#(percent),\#(usd)"#, "/data/percent", "only a change has a percentage"),
    ("level", pair, #""period":"2020","deadline":"2021",\#(usd)"#, "/data/deadline", "only a target has a deadline"),
    ("change", pair, #""period":"2020",\#(usd),\#(percent)"#, "/data/amount", "a change is given as \"percent\""),
    ("change", pair, #""period":"2020","deadline":"2021",\#(percent)"#, "/data/deadline", "only a target"),
    ("target", pair, #""base":"2019",\#(usd)"#, "/data/base", "only a change has a base"),
    ("level", "", #""period":"2020",\#(usd)"#, "/data", "needs \"reporter\" and \"partner\", or \"between\""),
    ("level", #""reporter":"A""#, #""period":"2020",\#(usd)"#, "/data", "\"partner\" is missing"),
    ("level", #""partner":"A""#, #""period":"2020",\#(usd)"#, "/data", "\"reporter\" is missing"),
    (
      "level", #""between":["A","B"],"reporter":"A""#, #""period":"2020",\#(usd)"#, "/data/reporter",
      "\"between\" names both sides"
    ),
    ("level", #""between":["A"]"#, #""period":"2020",\#(usd)"#, "/data/between", "at least 2"),
    ("level", #""between":["A","B","C"]"#, #""period":"2020",\#(usd)"#, "/data/between", "at most 2"),
    ("level", #""between":["A","A"]"#, #""period":"2020",\#(usd)"#, "/data/between/1", "A is named twice"),
    ("level", pair, #""period":"2020","amount":{"value":1}"#, "/data/amount", "\"unit\" is missing"),
    ("level", pair, #""period":"2020","amount":{"value":1,"unit":"usd"}"#, "/data/amount/unit", "ISO 4217"),
    ("level", pair, #""period":"2020","amount":{"value":"1","unit":"USD"}"#, "/data/amount/value", "expected a number"),
    ("level", pair, #""period":"2020","amount":{"value":1,"unit":"USD","at":1}"#, "/data/amount/at", "unknown member"),
    ("change", pair, #""period":"2020","percent":{"value":1,"unit":"pp"}"#, "/data/percent/unit", "\"%\""),
    ("level", pair, #""period":"20","amount":{"value":1,"unit":"USD"}"#, "/data/period", "is not an EDTF date"),
  ])
  func a_figure_that_breaks_a_rule_is_refused(
    _ measure: String, _ sides: String, _ more: String, _ pointer: String, _ fragment: String
  ) throws {
    try Refused(Self.members(measure, sides, more), pointer, fragment).check("claim.trade")
  }

  @Test(arguments: ["exports", "imports", "turnover"]) func every_flow_is_known(_ flow: String) throws {
    let members = Self.members("target", Self.pair, Self.usd).replacing("turnover", with: flow)
    #expect(try refusal(of: envelope("claim.trade", members)) == nil)
  }

  @Test func a_missing_or_unknown_flow_is_refused() throws {
    let members = Self.members("target", Self.pair, Self.usd)
    try Refused(members.replacing(#","flow":"turnover""#, with: ""), "/data", "\"flow\" is missing").check(
      "claim.trade")
    try Refused(members.replacing("turnover", with: "transit"), "/data/flow", "is not one of").check("claim.trade")
  }

  @Test(arguments: [
    "107000000000", "102.5", "102.50", "-2.9", "0", "0.0", "1e3", "1.50E+2",
    "1234567890123456789012345678901234", "0.000001",
  ])
  func a_number_comes_back_as_it_was_written(_ number: String) throws {
    let value = try parsed(#"{"value":\#(number),"unit":"USD"}"#)
    let quantity = try Quantity(value, unit: .money)
    #expect(quantity.value == (try #require(ExactDecimal(number))))
    if !number.lowercased().contains("e") { #expect(quantity.value.description == number) }
  }

  @Test func a_number_too_long_to_be_exact_is_refused() throws {
    let digits = String(repeating: "9", count: ExactDecimal.maximumDigits + 1)
    let amount = #""amount":{"value":\#(digits),"unit":"USD"}"#
    try Refused(Self.members("target", Self.pair, amount), "/data/amount/value", "digits").check("claim.trade")
  }

  @Test func units_that_go_without_saying_may_be_left_out() throws {
    #expect(try Quantity(parsed(#"{"value":1}"#), unit: .percent).unit == "%")
    #expect(try Quantity(parsed(#"{"value":1}"#), unit: .minutes).unit == "min")
    #expect(try Quantity(parsed(#"{"value":-1}"#), unit: .percent).value < .zero)
  }
}
