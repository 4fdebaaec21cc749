/// How sure the answer to a question about two dates is, when the dates may be vague.
///
/// A relation is judged over every pair of days the two dates allow.
public enum Certainty: Int, Comparable, Hashable, Sendable {
  /// The relation holds for no pair of days.
  case impossible = 0
  /// The relation holds for some pairs and not for others, or it rests on an end that is unknown.
  case possible = 1
  /// The relation holds for every pair of days.
  case definite = 2

  /// Orders by how sure: impossible, possible, definite.
  @inlinable
  public static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
}
