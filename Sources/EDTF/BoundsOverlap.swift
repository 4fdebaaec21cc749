/// Whether two things share a day, when a date can also mean a span or a limit (`Aspect`).
extension Bounds {
  /// Whether this and another could or must be on a common day.
  ///
  /// Let `P` be `possibleDays(as:)` and `C` be `certainDays(as:)` of each. Impossible iff `P(a) ∩ P(b) = ∅`.
  /// Definite iff `C(a) ∩ C(b) ≠ ∅`, or `P(a) ⊆ C(b)`, or `P(b) ⊆ C(a)`, by ends that are known. With both
  /// `sometimeIn` this is the same as `coincides`; with the other `throughout` it is the same as `isWithin`.
  /// - Parameters:
  ///   - aspect: how this date is meant.
  ///   - otherAspect: how the other is meant; `throughout` for the period of a query.
  public func overlaps(
    _ other: Bounds, as aspect: Aspect = .sometimeIn, otherAs otherAspect: Aspect = .sometimeIn
  ) -> Certainty {
    if aspect == .sometimeIn, otherAspect == .sometimeIn { return coincides(other) }
    let possible = possibleDays(as: aspect)
    let otherPossible = other.possibleDays(as: otherAspect)
    if possible.isDisjoint(from: otherPossible) { return .impossible }
    let certain = certainDays(as: aspect)
    let otherCertain = other.certainDays(as: otherAspect)
    if let certain, let otherCertain, !certain.isDisjoint(from: otherCertain) { return .definite }
    if let otherCertain, possible.isWithin(otherCertain) == .definite { return .definite }
    if let certain, otherPossible.isWithin(certain) == .definite { return .definite }
    return .possible
  }

  /// The days that something with this date could be on: a `deadline` and `until` reach back for ever, `from` forward.
  public func possibleDays(as aspect: Aspect) -> Bounds {
    switch aspect {
    case .sometimeIn, .throughout: self
    case .deadline, .until: Bounds(earliest: .open, latest: latest)
    case .from: Bounds(earliest: earliest, latest: .open)
    }
  }

  /// The days that something with this date is on for sure, or nil if there are none.
  public func certainDays(as aspect: Aspect) -> Bounds? {
    switch aspect {
    case .sometimeIn: isSingleDay ? self : nil
    case .throughout: hasKnownEnds ? self : nil
    case .deadline: nil
    case .from: highKind == .day ? Bounds(earliest: latest, latest: .open) : nil
    case .until: lowKind == .day ? Bounds(earliest: .open, latest: earliest) : nil
    }
  }
}
