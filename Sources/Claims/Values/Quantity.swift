import JSON

/// An exact number with how it is meant and what it counts.
package struct Quantity: Hashable, Sendable {
  /// Which values the words allow: "about 90", "more than 60".
  package enum Bound: String, CaseIterable, Sendable {
    case eq, approx, gt, ge, lt, le
  }

  /// What a place in an event accepts as unit.
  package enum UnitRule: Sendable {
    /// ISO 4217, and it must be given.
    case money
    /// `%`, which may be left out.
    case percent
    /// `min`, which may be left out.
    case minutes

    fileprivate var implied: String? {
      switch self {
      case .money: nil
      case .percent: "%"
      case .minutes: "min"
      }
    }
  }

  /// The number as written.
  package let value: ExactDecimal
  /// How it is meant; `eq` where the event does not say.
  package let bound: Bound
  /// ISO 4217 code for money, `%`, or `min`.
  package let unit: String

  package init(value: ExactDecimal, bound: Bound, unit: String) {
    self.value = value
    self.bound = bound
    self.unit = unit
  }

  /// Reads `{"value", "bound"?, "unit"?}` under the rule of its place.
  package init(_ json: JSONValue, unit rule: UnitRule) throws(EventError) {
    var reader = try ObjectReader(json, members: ["value", "bound", "unit"])
    let number = try reader.required("value")
    value = try number.exactDecimal()
    bound = try reader.optionalWord("bound", of: Bound.self) ?? .eq
    if let given = reader.optional("unit") {
      let text = try given.text()
      if let implied = rule.implied {
        guard text == implied else { throw EventError("the unit here is \"\(implied)\"", at: given) }
      } else {
        guard text.utf8.count == 3, text.utf8.allSatisfy({ $0 >= 65 && $0 <= 90 }) else {
          throw EventError("expected a currency code of ISO 4217 such as \"USD\"", at: given)
        }
      }
      unit = text
    } else if let implied = rule.implied {
      unit = implied
    } else {
      throw EventError("member \"unit\" is missing: a currency code of ISO 4217 such as \"USD\"", at: json)
    }
    if rule == .minutes, value < .zero { throw EventError("a duration is not negative", at: number) }
    try reader.finish()
  }
}
