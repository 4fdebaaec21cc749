/// How the date of a claim is meant; the same text can stand for one day, a whole period or a limit.
///
/// With the bounds `[e, l]` of a date:
public enum Aspect: String, Hashable, Sendable, CaseIterable {
  /// On some day of `[e, l]`; the default.
  case sometimeIn = "sometime-in"
  /// On every day of `[e, l]`.
  case throughout
  /// On some day up to `l`, at the latest.
  case deadline
  /// On every day from some day of `[e, l]` on.
  case from
  /// On every day up to some day of `[e, l]`.
  case until
}
