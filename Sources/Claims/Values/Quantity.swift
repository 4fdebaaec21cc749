import JSON

/// An exact number with how it is meant and what it counts.
package struct Quantity: Hashable, Sendable {
  /// Which values the words allow: "about 90", "more than 60".
  package enum Bound: String, CaseIterable, Sendable {
    case eq, approx, gt, ge, lt, le
  }

  /// What a place in an event accepts as unit and as value.
  package enum UnitRule: Sendable {
    /// ISO 4217, and it must be given.
    case money
    /// `%`, which may be left out; below zero for a fall.
    case percent
    /// `%`, which may be left out; not negative.
    case rate
    /// `min`, which may be left out; not negative.
    case minutes
    /// `people`, which may be left out; a whole number, not negative.
    case people
    /// ISO 4217 or one of ``energyUnits``, and it must be given; not negative.
    case energy
  }

  /// Physical units in which energy is traded: cubic metre, tonne, barrel, barrel per day, watt-hour, joule. Multiples
  /// are written in the number: 38 billion cubic metres are `38e9` of `m3`.
  package static let energyUnits = ["m3", "t", "bbl", "bbl/d", "Wh", "J"]

  /// The number as written.
  package let value: ExactDecimal
  /// How it is meant; `eq` where the event does not say.
  package let bound: Bound
  /// ISO 4217 code for money, `%`, `min`, `people`, or one of ``energyUnits``.
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
    unit = try rule.unit(reader.optional("unit"), in: json)
    try rule.check(value, at: number)
    try reader.finish()
  }

  /// The quantity in English words, its bound said: `more than 10000 people`.
  package var words: String {
    let bound: String? =
      switch bound {
      case .eq: nil
      case .approx: "about"
      case .gt: "more than"
      case .ge: "at least"
      case .lt: "less than"
      case .le: "at most"
      }
    return [bound, value.description, unit].compactMap(\.self).joined(separator: " ")
  }
}

extension Quantity.UnitRule {
  /// The unit that may be left out; nil where it must be given.
  private var implied: String? {
    switch self {
    case .money, .energy: nil
    case .percent, .rate: "%"
    case .minutes: "min"
    case .people: "people"
    }
  }

  /// What must be given where no unit is implied, for errors.
  private var expected: String {
    let money = "a currency code of ISO 4217 such as \"USD\""
    return self == .energy ? "\(money), or one of \(Quantity.energyUnits.joined(separator: ", "))" : money
  }

  /// The unit of a quantity in which `given` stands.
  fileprivate func unit(_ given: JSONValue?, in quantity: JSONValue) throws(EventError) -> String {
    guard let given else {
      if let implied { return implied }
      throw EventError("member \"unit\" is missing: \(expected)", at: quantity)
    }
    let text = try given.text()
    if let implied {
      guard text == implied else { throw EventError("the unit here is \"\(implied)\"", at: given) }
      return text
    }
    let isCurrency = text.utf8.count == 3 && text.utf8.allSatisfy { $0 >= 65 && $0 <= 90 }
    guard isCurrency || self == .energy && Quantity.energyUnits.contains(text) else {
      throw EventError("expected \(expected)", at: given)
    }
    return text
  }

  /// Refuses a number that makes no sense here; an error points at `place`.
  fileprivate func check(_ value: ExactDecimal, at place: JSONValue) throws(EventError) {
    switch self {
    case .money, .percent: return
    case .minutes: if value < .zero { throw EventError("a duration is not negative", at: place) }
    case .rate: if value < .zero { throw EventError("a rate is not negative", at: place) }
    case .energy: if value < .zero { throw EventError("an amount of energy is not negative", at: place) }
    case .people:
      let isWhole = value.exponent >= 0 || value.rounded(toPlace: 0)?.isNumericallyEqual(to: value) == true
      guard value >= .zero, isWhole else {
        throw EventError("a number of people is whole and not negative", at: place)
      }
    }
  }
}
