/// One end of the days a date may stand for.
public enum Bound: Hashable, Sendable, CustomStringConvertible {
  /// The day itself belongs to the date.
  case day(Day)
  /// `..`: there is no end on this side; infinitely far.
  case open
  /// An empty end of an interval: there is an end, but nobody said where.
  case unknown

  /// The day, or nil where the end is open or unknown.
  public var day: Day? {
    if case .day(let day) = self { day } else { nil }
  }

  /// The end as an interval would write it: a date, `..`, or nothing when unknown.
  public var description: String {
    switch self {
    case .day(let day): day.description
    case .open: ".."
    case .unknown: ""
    }
  }
}
