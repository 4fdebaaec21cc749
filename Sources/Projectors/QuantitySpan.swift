import Claims
import EDTF
import JSON
import Projections

/// The values that one quantity allows, for a comparison with a mark.
///
/// As in ``QuantityBounds``, `eq` allows what rounds to it; `approx` is taken to allow what is not in tension with it.
struct QuantitySpan {
  private struct End {
    let value: ExactDecimal
    /// Whether the value itself is allowed.
    let isIncluded: Bool
  }

  private var low: End?
  private var high: End?

  init(_ quantity: Quantity) {
    let value = quantity.value
    switch quantity.bound {
    case .eq:
      let (least, most) = value.roundedFrom
      low = End(value: least, isIncluded: true)
      high = End(value: most, isIncluded: true)
    case .approx:
      let slack = value.magnitude.multiplied(by: QuantityBounds.approximateTolerance) ?? .zero
      low = End(value: value.subtracting(slack) ?? value, isIncluded: true)
      high = End(value: value.adding(slack) ?? value, isIncluded: true)
    case .gt: low = End(value: value, isIncluded: false)
    case .ge: low = End(value: value, isIncluded: true)
    case .lt: high = End(value: value, isIncluded: false)
    case .le: high = End(value: value, isIncluded: true)
    }
  }

  /// How sure a volume of this span meets a target: whether it is at least the target's value, or above it for "more than",
  /// or below where the target is an upper limit. A target is a mark that was set: but for "about", it is not rounded.
  func meets(_ target: Quantity) -> Certainty {
    switch target.bound {
    case .eq, .ge: return reaches(target.value, isEnough: true)
    case .gt: return reaches(target.value, isEnough: false)
    case .le: return staysBelow(target.value, isAllowed: true)
    case .lt: return staysBelow(target.value, isAllowed: false)
    case .approx:
      let span = QuantitySpan(target)
      if let most = span.high, reaches(most.value, isEnough: true) == .definite { return .definite }
      if let least = span.low, reaches(least.value, isEnough: true) == .impossible { return .impossible }
      return .possible
    }
  }

  private func reaches(_ mark: ExactDecimal, isEnough: Bool) -> Certainty {
    if let low, mark < low.value || !(low.value < mark) && (isEnough || !low.isIncluded) { return .definite }
    if let high, high.value < mark || !(mark < high.value) && !(isEnough && high.isIncluded) { return .impossible }
    return .possible
  }

  private func staysBelow(_ mark: ExactDecimal, isAllowed: Bool) -> Certainty {
    switch reaches(mark, isEnough: !isAllowed) {
    case .definite: .impossible
    case .possible: .possible
    case .impossible: .definite
    }
  }
}
