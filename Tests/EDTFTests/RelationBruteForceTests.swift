import Testing

@testable import EDTF

/// The relations against their definition, tried on every pair of days of a small calendar.
@Suite struct RelationBruteForceTests {
  /// The days there are. Ends of bounds keep off the margins, which stand for the infinite.
  static let universe: ClosedRange<Int64> = -3...8
  static let inner: [Int64] = Array(0...4)

  static let ends: (low: [Bound], high: [Bound]) = {
    let days = inner.map { Bound.day(Day(number: $0)) }
    return (days + [.open], days + [.open])
  }()

  /// All bounds with the given ends that are in order.
  static func bounds(_ lows: [Bound], _ highs: [Bound]) -> [Bounds] {
    lows.flatMap { low in
      highs.compactMap { high in
        if let first = low.day, let last = high.day, first > last { return nil }
        return Bounds(earliest: low, latest: high)
      }
    }
  }

  static let known = bounds(ends.low, ends.high)

  static func days(_ bounds: Bounds) -> ClosedRange<Int64> {
    (bounds.earliest.day?.number ?? universe.lowerBound)...(bounds.latest.day?.number ?? universe.upperBound)
  }

  static func certainty(_ verdicts: some Sequence<Bool>) -> Certainty {
    var (some, all) = (false, true)
    for verdict in verdicts {
      some = some || verdict
      all = all && verdict
    }
    return all ? .definite : some ? .possible : .impossible
  }

  @Test func relations_of_known_bounds_agree_with_every_pair_of_days() {
    for left in Self.known {
      for right in Self.known {
        let period = Self.days(right)
        let pairs = Self.days(left).flatMap { first in period.map { (first, $0) } }
        #expect(left.isBefore(right) == Self.certainty(pairs.map { $0 < $1 }), "\(left) \(right)")
        #expect(left.isAfter(right) == Self.certainty(pairs.map { $0 > $1 }), "\(left) \(right)")
        #expect(left.coincides(right) == Self.certainty(pairs.map { $0 == $1 }), "\(left) \(right)")
        #expect(
          left.isWithin(right) == Self.certainty(Self.days(left).map { period.contains($0) }), "\(left) \(right)")
      }
    }
  }

  /// Every set of days that something dated so could be on.
  static func occupations(_ bounds: Bounds, _ aspect: Aspect) -> [ClosedRange<Int64>] {
    let days = days(bounds)
    switch aspect {
    case .sometimeIn: return days.map { $0...$0 }
    case .throughout: return [days]
    case .deadline: return (universe.lowerBound...days.upperBound).map { $0...$0 }
    case .from: return days.map { $0...universe.upperBound }
    case .until: return days.map { universe.lowerBound...$0 }
    }
  }

  @Test func overlaps_agrees_with_every_pair_of_occupations_for_all_aspects() {
    let closed = Self.bounds(Self.ends.low.filter { $0 != .open }, Self.ends.high.filter { $0 != .open })
    for aspect in Aspect.allCases {
      for otherAspect in Aspect.allCases {
        for left in closed {
          for right in closed {
            let others = Self.occupations(right, otherAspect)
            let expected = Self.certainty(
              Self.occupations(left, aspect).flatMap { days in others.map { $0.overlaps(days) } })
            let verdict = left.overlaps(right, as: aspect, otherAs: otherAspect)
            #expect(verdict == expected, "\(left) \(aspect) \(right) \(otherAspect)")
          }
        }
      }
    }
  }

  /// What bounds with unknown ends could turn out to be.
  static func substitutions(_ bounds: Bounds) -> [Bounds] {
    Self.bounds(
      bounds.earliest == .unknown ? ends.low : [bounds.earliest],
      bounds.latest == .unknown ? ends.high : [bounds.latest])
  }

  @Test func a_sure_verdict_about_unknown_ends_stands_whatever_they_turn_out_to_be() {
    let unsure = Self.bounds(Self.ends.low + [.unknown], Self.ends.high + [.unknown])
    let relations: [(Bounds, Bounds) -> Certainty] = [
      { $0.isBefore($1) }, { $0.isAfter($1) }, { $0.isWithin($1) }, { $0.coincides($1) },
    ]
    for left in unsure {
      for right in unsure {
        for relation in relations {
          let verdict = relation(left, right)
          guard verdict != .possible else { continue }
          let outcomes = Self.substitutions(left).flatMap { left in
            Self.substitutions(right).map { relation(left, $0) }
          }
          #expect(outcomes.allSatisfy { $0 == verdict }, "\(left) \(right)")
        }
        if !left.hasKnownEnds || !right.hasKnownEnds { #expect(left.isWithin(right) != .definite) }
      }
    }
  }
}
