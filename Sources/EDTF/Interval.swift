/// The time from one date to another, `2004-06/2006-08` (EDTF level 0), perhaps without an end (level 1).
public struct Interval: Hashable, Sendable {
  /// One end of an interval.
  public enum End: Hashable, Sendable {
    /// A date; the interval includes all of it.
    case date(CalendarDate)
    /// `..`: the interval goes on for ever.
    case open
    /// Nothing is written: the interval has an end, but nobody says when.
    case unknown

    /// The date, if there is one.
    public var date: CalendarDate? {
      if case .date(let date) = self { date } else { nil }
    }

    fileprivate var level: Int {
      guard let date else { return 1 }
      // Level 1 lists the intervals it allows, and none of them has an unspecified digit.
      return date.hasUnspecifiedDigits ? 2 : date.level
    }

    fileprivate func write(to text: inout [UInt8]) {
      switch self {
      case .date(let date): date.write(to: &text)
      case .open: text.append(contentsOf: "..".utf8)
      case .unknown: break
      }
    }
  }

  /// Where it begins.
  public let start: End
  /// Where it ends.
  public let end: End

  /// The dates written.
  var dates: [CalendarDate] { [start.date, end.date].compactMap { $0 } }

  /// The least EDTF level that allows it.
  var level: Int { max(start.level, end.level) }

  /// Appends the canonical form.
  func write(to text: inout [UInt8]) {
    start.write(to: &text)
    text.append(UInt8(ascii: "/"))
    end.write(to: &text)
  }
}
