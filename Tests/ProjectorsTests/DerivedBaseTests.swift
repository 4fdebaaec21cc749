import Testing
import ViewTestSupport

/// The volume of a base period, worked out from a later level and the change between them.
struct DerivedBaseTests {
  private static func rows(
    _ amount: String, _ percent: String, bounds: (amount: String, percent: String) = ("eq", "eq")
  ) throws -> [AnsweredRow] {
    let common = #""between":["A","B"],"flow":"turnover","period":"2020""#
    let record = try Record([
      Line.claim(
        "trade", "t1",
        #"\#(common),"measure":"level","amount":{"value":\#(amount),"bound":"\#(bounds.amount)","unit":"USD"}"#),
      Line.claim(
        "trade", "t2",
        #"\#(common),"measure":"change","percent":{"value":\#(percent),"bound":"\#(bounds.percent)"},"base":"2019""#),
    ])
    return try record.rows("trade-volume", ["measure": ["derived"]])
  }

  /// Expected values are those of exact division, cut to the first digit that half the width of the possible values
  /// leaves uncertain.
  @Test(arguments: [
    // 106.5…107.5 / 0.9705…0.9715 → 109.62…110.77; uncertain by 0.6
    ("107e9", "-2.9", "1102e8", "1096e8", "1108e8"),
    // 102.45…102.55 / 1.2975…1.2985 → 78.899…79.037; uncertain by 0.07
    ("102.5e9", "29.8", "7897e7", "7890e7", "7904e7"),
    // 119.5…120.5 / 1.195…1.205 → 99.17…100.84; uncertain by 0.8
    ("120", "20", "100.0", "99.2", "100.8"),
    // 0.5…1.5 / 1.095…1.105 → 0.452…1.370; uncertain by 0.5
    ("1e9", "10", "9e8", "5e8", "14e8"),
    // No change: as uncertain as level and percentage together.
    ("100.00", "0.00", "100.00", "99.99", "100.01"),
    // 94.5…95.5 / 0.045…0.055 → 1718…2122; uncertain by 200
    ("95", "-95", "19e2", "17e2", "21e2"),
    // 199.5…200.5 / 1.995…2.005 → 99.50…100.50; uncertain by 0.5
    ("200", "100", "100.0", "99.5", "100.5"),
  ])
  func the_base_has_as_many_digits_as_its_inputs_warrant(
    _ amount: String, _ percent: String, _ base: String, _ low: String, _ high: String
  ) throws {
    let row = try #require(try Self.rows(amount, percent).first)
    #expect(row["amount/value"] == base)
    #expect(row["amount/bound"] == "approx")
    #expect(row["implied/low"] == low)
    #expect(row["implied/high"] == high)
  }

  @Test(arguments: [("-100", true), ("-120", true), ("-99.5", false), ("-1e2", true)])
  func a_fall_to_nothing_leaves_nothing_to_divide_by(_ percent: String, _ isEmpty: Bool) throws {
    #expect(try Self.rows("5", percent).isEmpty == isEmpty)
  }

  @Test(arguments: [("gt", "eq"), ("eq", "lt"), ("le", "approx")])
  func a_bound_gives_no_base(_ amount: String, _ percent: String) throws {
    #expect(try Self.rows("107e9", "-2.9", bounds: (amount, percent)).isEmpty)
  }

  @Test func what_is_about_gives_a_base_too() throws {
    #expect(try Self.rows("107e9", "-2.9", bounds: ("approx", "approx")).map { $0["amount/value"] } == ["1102e8"])
  }
}
