import JSON
import Presentation
import TestSupport
import Testing

struct QuantityTextTests {
  @Test(arguments: [
    (#"{"value":107000000000,"bound":"eq","unit":"USD"}"#, "107 bn USD"),
    (#"{"value":102500000000,"unit":"USD"}"#, "102.5 bn USD"),
    (#"{"value":1102e8,"bound":"approx","unit":"USD"}"#, "≈ 110.2 bn USD"),
    (#"{"value":1070e8,"bound":"eq","unit":"USD"}"#, "107.0 bn USD"),
    (#"{"value":2000000,"bound":"ge","unit":"people"}"#, "≥ 2 mn people"),
    (#"{"value":10000,"bound":"gt","unit":"people"}"#, "> 10,000 people"),
    (#"{"value":999999,"unit":"EUR"}"#, "999,999 EUR"),
    (#"{"value":1.5e12,"unit":"CNY"}"#, "1.5 tn CNY"),
    (#"{"value":-3200000,"unit":"USD"}"#, "−3.2 mn USD"),
    (#"{"value":12.50,"unit":"USD"}"#, "12.50 USD"),
    (#"{"value":0,"unit":"USD"}"#, "0 USD"),
    (#"{"value":-2.9,"bound":"eq","unit":"%"}"#, "−2.9 %"),
    (#"{"low":90,"high":null,"bound":"gt","unit":"min"}"#, "> 90 min"),
    (#"{"low":90,"high":90,"bound":"approx","unit":"min"}"#, "≈ 90 min"),
    (#"{"low":60,"high":90,"bound":null,"unit":"min"}"#, "60–90 min"),
    (#"{"low":null,"high":30,"bound":"le","unit":"min"}"#, "≤ 30 min"),
    (#"{"value":25}"#, "25"),
    (#"{"value":1e400,"unit":"USD"}"#, "1e400 USD"),
  ])
  func aQuantityReadsAsPeopleWriteIt(quantity: String, text: String) throws {
    #expect(QuantityText.text(try json(quantity)) == text)
  }

  @Test(arguments: [
    ("25", "approx", "≈ +25 %"), ("-2.9", "eq", "−2.9 %"), ("0", "eq", "0 %"), ("29.8", "eq", "+29.8 %"),
  ])
  func aChangeAlwaysShowsItsSign(value: String, bound: String, text: String) throws {
    #expect(QuantityText.text(try json(#"{"value":\#(value),"bound":"\#(bound)","unit":"%"}"#), .change) == text)
  }

  @Test(arguments: ["7", #""x""#, "[]", "{}", #"{"unit":"USD"}"#, #"{"low":null,"high":null,"unit":"min"}"#, "null"])
  func whatIsNoQuantityHasNoText(value: String) throws {
    #expect(QuantityText.text(try json(value)) == nil)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "−1,234,567")])
  func countsHaveTheirThousandsApart(count: Int, text: String) {
    #expect(NumberText.count(count) == text)
  }

  @Test(arguments: [(0, "0 B"), (1023, "1,023 B"), (1024, "1.0 KiB"), (3_250_586, "3.1 MiB"), (5 << 40, "5.0 TiB")])
  func bytesAreToldInBinaryUnits(count: Int, text: String) {
    #expect(NumberText.bytes(count) == text)
  }

  @Test(arguments: [
    (0.04, "0.0 s"), (0.4, "0.4 s"), (59.4, "59 s"), (75, "1 min 15 s"), (7500, "2 h 5 min"), (90_000, "1 d 1 h"),
  ])
  func durationsAreToldInTheirTwoLargestUnits(seconds: Double, text: String) {
    #expect(NumberText.seconds(seconds) == text)
  }

  @Test func scalingNeverChangesTheNumber() throws {
    var random = SeededGenerator()
    let powers = ["tn": 12, "bn": 9, "mn": 6]
    for _ in 0..<500 {
      let digits = String(UInt64.random(in: 0...999_999_999_999_999, using: &random))
      let exponent = Int.random(in: -3...5, using: &random)
      let value = try #require(ExactDecimal("\(digits)e\(exponent)"))
      let parts = NumberText.scaled(value).split(separator: " ")
      let plain = parts[0].replacing(",", with: "")
      let power = parts.count > 1 ? powers[String(parts[1])] ?? 0 : 0
      let shown = try #require(ExactDecimal("\(plain)e\(power)"))
      #expect(shown.isNumericallyEqual(to: value), "seed \(random.seed): \(digits)e\(exponent)")
    }
  }
}
