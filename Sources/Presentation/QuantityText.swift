import JSON

/// Quantities as people read them: `107 bn USD`, `≈ 110.2 bn USD`, `> 90 min`, `≈ +25 %`, `60–90 min`.
package enum QuantityText {
  /// What a quantity says.
  package enum Kind: Sendable {
    /// How much there is.
    case level
    /// By how much something changed: a sign is always shown.
    case change
  }

  /// The text of a quantity as rows hold them: an object with `value`, or with `low` and `high`, and `bound` and `unit`.
  /// Nil for anything else.
  package static func text(_ value: JSONValue, _ kind: Kind = .level) -> String? {
    let sign = value["bound"]?.string.map(sign) ?? ""
    let unit = value["unit"]?.string
    if let number = value["value"] {
      return text(number, kind, unit).map { sign + $0 + suffix(unit) }
    }
    guard value.kind == .object, value["low"] != nil || value["high"] != nil else { return nil }
    let (low, high) = (value["low"]?.decimal, value["high"]?.decimal)
    switch (low, high) {
    case (let low?, let high?) where low != high:
      return sign + text(low, kind, unit) + "–" + text(high, kind, unit) + suffix(unit)
    case (let one?, _), (nil, let one?): return sign + text(one, kind, unit) + suffix(unit)
    case (nil, nil): return nil
    }
  }

  private static func text(_ number: JSONValue, _ kind: Kind, _ unit: String?) -> String? {
    // A number too long for a decimal is shown as it is written.
    number.decimal.map { text($0, kind, unit) } ?? number.numberText
  }

  private static func text(_ value: ExactDecimal, _ kind: Kind, _ unit: String?) -> String {
    let digits = unit == "%" || unit == "min" ? NumberText.decimal(value) : NumberText.scaled(value)
    return kind == .change && !value.isNegative && !value.isZero ? "+\(digits)" : digits
  }

  private static func suffix(_ unit: String?) -> String {
    unit.map { " \($0)" } ?? ""
  }

  /// How a bound is written before its value; the words are those of a quantity's `bound`.
  private static func sign(_ bound: String) -> String {
    switch bound {
    case "eq": ""
    case "approx": "≈ "
    case "gt": "> "
    case "ge": "≥ "
    case "lt": "< "
    case "le": "≤ "
    default: "\(bound) "
    }
  }
}
