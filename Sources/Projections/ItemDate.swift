import Claims
import EDTF
import RelativeDates

/// When a claim says that its thing was, worked out as far as the record allows as of the position folded.
package struct ItemDate: Hashable, Sendable {
  /// Why a person should look at a claim's date.
  package enum Flaw: Hashable, Sendable {
    /// The date is relative to a document whose own date nobody knows.
    case noAnchor
    /// The document's date is too coarse for the rule.
    case coarseAnchor
    /// The date given is not the one that the rule gives.
    case differs(worked: EDTF)
    /// The words name another day of the week (ISO 8601: 1 is Monday) than the date has.
    case weekday(said: Int, is: Int)
    /// The words name another month than the date has.
    case month(said: Int, is: Int)
    /// The date contradicts the claims that it is said to come after or before.
    case outOfOrder
  }

  /// The date: the one given, else the one worked out from the document's; nil where neither is to be had.
  package let date: EDTF?
  /// The days on which the thing may lie; nil where nobody said anything about them.
  package let bounds: Bounds?
  /// How the date is meant.
  package let aspect: Aspect
  /// The words of the text.
  package let expression: String?
  /// The rule by which the date was worked out; nil where it was given.
  package let rule: RelativeRule?
  package let flaw: Flaw?
}

extension ItemDate {
  /// Works out a date.
  ///
  /// - Parameters:
  ///   - published: the date of the document that the claim rests on.
  ///   - notBefore: the bounds of the claim that this one comes after.
  ///   - notAfter: the bounds of the claim that this one comes before.
  init(_ when: When, published: EDTF?, after notBefore: Bounds?, before notAfter: Bounds?) {
    var (date, flaw) = Self.dated(when, published)
    aspect = when.aspect
    expression = when.expression
    rule = when.date == nil && date != nil ? when.relative : nil
    if flaw == nil { flaw = Self.mismatch(of: when, with: date) }
    var bounds = date?.bounds.possibleDays(as: when.aspect)
    if notBefore != nil || notAfter != nil {
      let (first, last) = (notBefore?.earliest ?? .open, notAfter?.latest ?? .open)
      let narrowed = (bounds ?? Bounds(earliest: .open, latest: .open)).narrowed(notBefore: first, notAfter: last)
      if narrowed == nil { flaw = .outOfOrder }
      bounds = narrowed ?? bounds
      // Open at both ends says nothing.
      if date == nil, bounds?.earliest.day == nil, bounds?.latest.day == nil { bounds = nil }
    }
    self.date = date
    self.bounds = bounds
    self.flaw = flaw
  }

  private static func dated(_ when: When, _ published: EDTF?) -> (EDTF?, Flaw?) {
    guard let rule = when.relative else { return (when.date, nil) }
    guard let published else { return (when.date, when.date == nil && rule != .deadlineUnstated ? .noAnchor : nil) }
    switch rule.resolved(from: published) {
    case .date(let worked):
      guard let given = when.date else { return (worked, nil) }
      let differs = given.bounds.coincides(worked.bounds) == .impossible
      return (given, differs ? .differs(worked: worked) : nil)
    case .unstated: return (when.date, nil)
    case .tooCoarse: return (when.date, when.date == nil ? .coarseAnchor : nil)
    }
  }

  /// What the words say otherwise than the date.
  private static func mismatch(of when: When, with date: EDTF?) -> Flaw? {
    guard let expression = when.expression, let date else { return nil }
    switch ExpressionCheck.mismatch(of: expression, language: when.language, with: date) {
    case .weekdayMismatch(let said, let actual): return .weekday(said: said, is: actual)
    case .monthMismatch(let said, let actual): return .month(said: said, is: actual)
    case nil: return nil
    }
  }
}
