/// How finely a date was written, from the coarsest to the finest.
///
/// `a < b` means that `a` is coarser. Digits replaced by `X` count as not written: `201X` is a decade, and `2004-XX` a
/// year, though EDTF speaks of month precision with an unspecified month. So do digits that are not significant:
/// `1950S2` is a century. An interval or a set is as fine as its coarsest date.
public enum Precision: Int, Comparable, Hashable, Sendable, CaseIterable {
  /// Coarser than a millennium, or no date written at all: `XXXX`, `Y171010000S2`, `../..`.
  case vague
  /// 1000 years.
  case millennium
  /// 100 years.
  case century
  /// 10 years.
  case decade
  /// A year.
  case year
  /// Six months, codes 40–41.
  case halfYear
  /// Four months, codes 37–39.
  case quadrimester
  /// A season, codes 21–32; three months here, though seasons have no sharp ends.
  case season
  /// Three months, codes 33–36.
  case quarter
  /// A month.
  case month
  /// A day.
  case day
  /// A second.
  case second

  /// Orders from coarse to fine.
  @inlinable
  public static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
}
