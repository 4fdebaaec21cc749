import JSON
import Testing

@testable import Claims

/// `claim.energy`: which members go together.
@Suite struct EnergyRuleTests {
  private static let sides = #""supplier":"RUS","consumer":"CHN","commodity":"gas""#
  private static let amount = #""amount":{"value":38e9,"unit":"m3"}"#
  private static let percent = #""percent":{"value":-0.5}"#

  private func energy(_ measure: String, _ more: String = "") throws -> EnergyClaim {
    try claim(EnergyClaim.self, #"\#(Self.sides),"measure":"\#(measure)"\#(more.isEmpty ? "" : "," + more)"#)
  }

  @Test func a_level_is_read() throws {
    let level = try energy("level", #"\#(Self.amount),"period":"2022","route":"overland""#)
    let amount = Quantity(value: try #require(ExactDecimal("38e9")), bound: .eq, unit: "m3")
    #expect(level.figure == .level(amount) && level.period?.description == "2022" && level.route == "overland")
    #expect(level.supplier.text == "RUS" && level.consumer.text == "CHN" && level.commodity == "gas")
    #expect(level.participants.map(\.text) == ["RUS", "CHN"])
    #expect(level.summary.hasPrefix("gas 2022 38"))
  }

  @Test func a_change_is_read() throws {
    let change = try energy("change", Self.percent)
    let fall = Quantity(value: try #require(ExactDecimal("-0.5")), bound: .eq, unit: "%")
    #expect(change.figure == .change(fall))
    #expect(change.period == nil && change.route == nil && change.summary == "gas -0.5 %")
  }

  @Test func a_rank_is_read() throws {
    let rank = try energy("rank", #""rank":2"#)
    #expect(rank.figure == .rank(2) && rank.summary == "gas rank 2")
  }

  @Test func a_pledge_needs_no_amount() throws {
    let bare = try energy("pledge", #""period":"2023""#)
    #expect(bare.figure == .pledge(nil) && bare.summary == "gas 2023 pledge")
    let amount = Quantity(value: ExactDecimal(100), bound: .ge, unit: "USD")
    let pledge = try energy("pledge", #""amount":{"value":100,"bound":"ge","unit":"USD"}"#)
    #expect(pledge.figure == .pledge(amount) && pledge.summary == "gas pledge at least 100 USD")
  }

  @Test(arguments: [
    ("level", "", "/data", "\"amount\" is missing"),
    ("level", "\(amount),\(percent)", "/data/percent", "only a change has a percentage"),
    ("level", #"\#(amount),"rank":2"#, "/data/rank", "only the measure \"rank\" has a rank"),
    ("change", "", "/data", "\"percent\" is missing"),
    ("change", "\(amount),\(percent)", "/data/amount", "only a level or a pledge has an amount"),
    ("change", #"\#(percent),"rank":2"#, "/data/rank", "only the measure \"rank\" has a rank"),
    ("rank", "", "/data", "\"rank\" is missing"),
    ("rank", #""rank":2,\#(amount)"#, "/data/amount", "only a level or a pledge has an amount"),
    ("rank", #""rank":2,\#(percent)"#, "/data/percent", "only a change has a percentage"),
    ("rank", #""rank":0"#, "/data/rank", "a rank is a whole number from 1"),
    ("rank", #""rank":2.0"#, "/data/rank", "a rank is a whole number from 1"),
    ("rank", #""rank":"2""#, "/data/rank", "a rank is a whole number from 1"),
    ("pledge", percent, "/data/percent", "only a change has a percentage"),
    ("pledge", #""rank":1"#, "/data/rank", "only the measure \"rank\" has a rank"),
    ("target", amount, "/data/measure", "is not one of level, change, rank, pledge"),
    ("level", #""amount":{"value":1}"#, "/data/amount", "\"unit\" is missing"),
    ("level", #""amount":{"value":1,"unit":"bcm"}"#, "/data/amount/unit", "or one of m3, t, bbl, bbl/d, Wh, J"),
    ("level", #""amount":{"value":-1,"unit":"t"}"#, "/data/amount/value", "not negative"),
    ("level", #"\#(amount),"period":"winter""#, "/data/period", "is not an EDTF date"),
    ("level", #"\#(amount),"route":"""#, "/data/route", "must not be empty"),
    ("level", #"\#(amount),"flow":"exports""#, "/data/flow", "unknown member"),
  ])
  func a_figure_that_breaks_a_rule_is_refused(
    _ measure: String, _ more: String, _ pointer: String, _ fragment: String
  ) throws {
    let members = #"\#(Self.sides),"measure":"\#(measure)"\#(more.isEmpty ? "" : "," + more)"#
    try Refused(members, pointer, fragment).check(EnergyClaim.self)
  }

  @Test(arguments: ["supplier", "consumer", "commodity"])
  func both_sides_and_what_is_supplied_are_needed(_ member: String) throws {
    let members = Self.sides.split(separator: ",").filter { !$0.contains(member) }.joined(separator: ",")
    try Refused(#"\#(members),"measure":"rank","rank":1"#, "/data", "\"\(member)\" is missing").check(EnergyClaim.self)
  }
}
