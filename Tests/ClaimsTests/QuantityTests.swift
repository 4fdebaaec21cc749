import JSON
import Testing

@testable import Claims

/// Quantities under the rules of the places where they stand.
@Suite struct QuantityTests {
  @Test(arguments: [
    ("0", "people"), ("25", "people"), ("1e4", "people"), ("25.0", "people"), ("1e400", "people"), ("-0", "people"),
    ("12.5", "%"), ("0", "%"),
  ])
  func a_unit_that_goes_without_saying_may_be_left_out(_ number: String, _ unit: String) throws {
    let rule: Quantity.UnitRule = unit == "%" ? .rate : .people
    let bare = try Quantity(parsed(#"{"value":\#(number)}"#), unit: rule)
    #expect(bare.unit == unit && bare.value == ExactDecimal(number) && bare.bound == .eq)
    #expect(try Quantity(parsed(#"{"value":\#(number),"unit":"\#(unit)"}"#), unit: rule) == bare)
  }

  @Test(arguments: ["25.5", "-1", "0.1", "1e-1", "-0.5"]) func people_are_whole_and_not_negative(_ number: String)
    throws
  {
    let json = try parsed(#"{"value":\#(number)}"#)
    #expect { try Quantity(json, unit: .people) } throws: { ($0 as? EventError)?.pointer == "/value" }
  }

  @Test(arguments: Quantity.energyUnits + ["USD", "EUR"]) func energy_is_counted_in_money_or_in_a_unit(
    _ unit: String
  ) throws {
    #expect(try Quantity(parsed(#"{"value":1,"unit":"\#(unit)"}"#), unit: .energy).unit == unit)
  }

  @Test(arguments: ["bcm", "M3", "usd", "%", "people", "US", "kWh"]) func another_unit_of_energy_is_refused(
    _ unit: String
  ) throws {
    let json = try parsed(#"{"value":1,"unit":"\#(unit)"}"#)
    #expect { try Quantity(json, unit: .energy) } throws: { ($0 as? EventError)?.pointer == "/unit" }
  }

  @Test(arguments: Quantity.energyUnits) func physical_units_are_no_money(_ unit: String) throws {
    let json = try parsed(#"{"value":1,"unit":"\#(unit)"}"#)
    #expect { try Quantity(json, unit: .money) } throws: { ($0 as? EventError)?.pointer == "/unit" }
  }

  @Test(arguments: [
    (Quantity.Bound.eq, "90 min"), (.approx, "about 90 min"), (.gt, "more than 90 min"), (.ge, "at least 90 min"),
    (.lt, "less than 90 min"), (.le, "at most 90 min"),
  ])
  func words_say_the_bound(_ bound: Quantity.Bound, _ words: String) {
    #expect(Quantity(value: ExactDecimal(90), bound: bound, unit: "min").words == words)
  }
}
