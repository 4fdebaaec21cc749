/// Relations between two things, each of which was "sometime in" its bounds.
///
/// Let `a = [a.e, a.l]` and `b = [b.e, b.l]` be the bounds, and let `x` range over the days of `a` and `y` over those
/// of `b`. A relation is definite if it holds for every pair `(x, y)`, impossible if for none. An open end is
/// infinitely far. An unknown end could be anywhere, so it rules nothing out; and a verdict that rests on it is
/// never definite.
extension Bounds {
  /// Whether this comes on an earlier day than another: `x < y`.
  ///
  /// Definite iff `a.l < b.e`; impossible iff `a.e >= b.l`. Of two date-times with zones the instants decide, and
  /// always: the order of instants is exact, whatever days their zones write.
  @inlinable
  public func isBefore(_ other: Bounds) -> Certainty {
    if let instant, let otherInstant = other.instant { return instant < otherInstant ? .definite : .impossible }
    if high < other.low { return .definite }
    return low >= other.high ? .impossible : .possible
  }

  /// Whether this comes on a later day than another: `a.isAfter(b)` is `b.isBefore(a)`.
  @inlinable
  public func isAfter(_ other: Bounds) -> Certainty { other.isBefore(self) }

  /// Whether this is on one of the days of a period: `x ∈ b`, where `b` is meant as all days from its earliest to its
  /// latest, without regard to gaps in a set or between the dates that match an `X`.
  ///
  /// Definite iff `a ⊆ b` and no end of either is unknown; impossible iff `a ∩ b = ∅`.
  @inlinable
  public func isWithin(_ period: Bounds) -> Certainty {
    if isDisjoint(from: period) { return .impossible }
    guard hasKnownEnds, period.hasKnownEnds else { return .possible }
    return period.low <= low && high <= period.high ? .definite : .possible
  }

  /// Whether this is on the same day as another: `x = y`.
  ///
  /// Definite iff `a = b = {d}`, one day; impossible iff `a ∩ b = ∅`. Date-times with zones are exceptions on both
  /// sides: the same instant is definitely the same day, whatever days are written; and instants less than 24 hours
  /// apart are possibly on one day, because in some zone they are.
  @inlinable
  public func coincides(_ other: Bounds) -> Certainty {
    if let instant, let otherInstant = other.instant, low != other.low || instant == otherInstant {
      if instant == otherInstant { return .definite }
      return (instant - otherInstant).magnitude < 86_400 ? .possible : .impossible
    }
    if isDisjoint(from: other) { return .impossible }
    return isSingleDay && other.isSingleDay ? .definite : .possible
  }

  /// `a ∩ b = ∅`, for sure.
  @inlinable
  func isDisjoint(from other: Bounds) -> Bool { high < other.low || other.high < low }
}
