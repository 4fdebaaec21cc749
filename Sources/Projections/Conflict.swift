import Claims
import JSON

/// How far claims about one thing differ, decided on bounds.
package enum Conflict: String, Comparable, Sendable {
  /// Some values satisfy every claim: "over 60" and "over 90" minutes.
  case compatible
  /// The words can hardly be meant alike, but nothing excludes it: "about 90" and 120.
  case tension
  /// No value satisfies every claim.
  case contradiction

  private var rank: Int {
    switch self {
    case .compatible: 0
    case .tension: 1
    case .contradiction: 2
    }
  }

  package static func < (one: Conflict, other: Conflict) -> Bool { one.rank < other.rank }
}

/// One value that claims give to a column, with the claims that give it.
package struct ClaimedValue<Value: Sendable>: Sendable {
  package let value: Value
  package var items: [Item]

  package init(value: Value, items: [Item]) {
    self.value = value
    self.items = items
  }
}

/// A column on which the claims of a row differ.
package struct Difference: Sendable {
  /// The column's name.
  package let column: String
  package let conflict: Conflict
  /// Each value with who gave it: JSON text, and the claims.
  package let values: [(json: [UInt8], items: [Item])]
}

/// The distinct values that `items` give, ordered by what `order` makes of them so that the order of appending does not
/// show.
package func distinctValues<Value: Hashable & Sendable, Order: Comparable>(
  _ items: [Item], order: (Value) -> Order, _ value: (Item) -> Value?
) -> [ClaimedValue<Value>] {
  var found: [ClaimedValue<Value>] = []
  var places: [Value: Int] = [:]
  for item in items {
    guard let given = value(item) else { continue }
    if let place = places[given] {
      found[place].items.append(item)
    } else {
      places[given] = found.count
      found.append(ClaimedValue(value: given, items: [item]))
    }
  }
  guard found.count > 1 else { return found }
  return found.sorted { order($0.value) < order($1.value) }
}
