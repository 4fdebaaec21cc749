import Claims
import JSON

/// The values that quantities allow, and how far several of them agree.
///
/// `eq` allows the value and half a unit of its last digit to either side: what rounds to it. `approx` excludes
/// nothing; a value further off than ``approximateTolerance`` from it is in tension with it.
package struct QuantityBounds: Sendable {
  /// How far from an "about" a value may lie, as a share of it, before the two are in tension: a tenth.
  package static let approximateTolerance = ExactDecimal(isNegative: false, significand: 1, exponent: -1)!

  private struct Limit {
    let value: ExactDecimal
    /// Whether the limit itself is allowed.
    let inclusive: Bool
  }

  private var low: Limit?
  private var high: Limit?
  private var approximate: [ExactDecimal] = []
  private var exact: [ExactDecimal] = []

  /// The values that all of `quantities` allow.
  package init(_ quantities: [Quantity]) {
    for quantity in quantities { narrow(quantity) }
  }

  private mutating func narrow(_ quantity: Quantity) {
    let value = quantity.value
    switch quantity.bound {
    case .eq:
      exact.append(value)
      let (least, most) = value.roundedFrom
      raise(Limit(value: least, inclusive: true))
      lower(Limit(value: most, inclusive: true))
    case .approx: approximate.append(value)
    case .gt: raise(Limit(value: value, inclusive: false))
    case .ge: raise(Limit(value: value, inclusive: true))
    case .lt: lower(Limit(value: value, inclusive: false))
    case .le: lower(Limit(value: value, inclusive: true))
    }
  }

  private mutating func raise(_ limit: Limit) {
    guard let low, limit.value < low.value || (!(low.value < limit.value) && !low.inclusive) else {
      self.low = limit
      return
    }
  }

  private mutating func lower(_ limit: Limit) {
    guard let high, high.value < limit.value || (!(limit.value < high.value) && !high.inclusive) else {
      self.high = limit
      return
    }
  }

  /// How far the quantities agree.
  package var conflict: Conflict {
    if let low, let high {
      if high.value < low.value { return .contradiction }
      if !(low.value < high.value), !(low.inclusive && high.inclusive) { return .contradiction }
    }
    for value in approximate {
      // Where the sum has too many digits, the slack is far below the last of them.
      let slack = value.magnitude.multiplied(by: Self.approximateTolerance) ?? .zero
      let (least, most) = (value.subtracting(slack) ?? value, value.adding(slack) ?? value)
      if let low, most < low.value { return .tension }
      if let high, high.value < least { return .tension }
      for other in approximate where most < other { return .tension }
    }
    return .compatible
  }

  /// The least and the greatest value allowed, as the claims wrote them, and how to read them: `bound` is `eq` or
  /// `approx` for a single value, `gt`, `ge`, `lt`, `le` for one end, nil for a range. Meaningless in a contradiction.
  package var described: (low: ExactDecimal?, high: ExactDecimal?, bound: Quantity.Bound?) {
    // The finest of the exact values is the one that all agree to.
    if let value = exact.min(by: { $0.exponent < $1.exponent }) { return (value, value, .eq) }
    switch (low, high) {
    case (let low?, nil): return (low.value, nil, low.inclusive ? .ge : .gt)
    case (nil, let high?): return (nil, high.value, high.inclusive ? .le : .lt)
    case (let low?, let high?): return (low.value, high.value, nil)
    case (nil, nil): return (approximate.min(), approximate.max(), .approx)
    }
  }
}

extension ExactDecimal {
  /// The least and the greatest number that round to this one: half a unit of the last digit to either side.
  package var roundedFrom: (least: ExactDecimal, most: ExactDecimal) {
    guard let half = ExactDecimal(isNegative: false, significand: 5, exponent: exponent - 1) else {
      return (self, self)
    }
    return (subtracting(half) ?? self, adding(half) ?? self)
  }
}
