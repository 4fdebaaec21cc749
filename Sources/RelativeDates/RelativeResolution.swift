import EDTF

/// What a rule comes to, seen from the date of a document.
package enum Resolution: Hashable, Sendable {
  /// The one date that the rule gives, from whatever day the document's date can mean.
  case date(EDTF)
  /// The text says that there is a date, not which.
  case unstated
  /// The document's date does not settle which date is meant: it gives different dates from different days, has an open or
  /// unknown end, lies in a year of more than four digits, or two dates are equally near.
  case tooCoarse
}

extension RelativeRule {
  /// The date meant, seen from a document published on a date.
  ///
  /// Every rule keeps the order of days: from a later day it gives no earlier date. So the same date from the earliest
  /// and from the latest day that `published` can mean is the date from every day between, and any other is too
  /// coarse; what comes out is never finer than what `published` supports. Its qualifiers (`?`, `~`, `%`) are carried over
  /// to the whole date, since the date is as doubtful as what it hangs on.
  package func resolved(from published: EDTF) -> Resolution {
    if self == .deadlineUnstated { return .unstated }
    guard let first = published.bounds.earliest.day, let last = published.bounds.latest.day,
      let unit = unit(from: first), unit == self.unit(from: last), let text = unit.text
    else { return .tooCoarse }
    let qualifier =
      switch (published.isUncertain, published.isApproximate) {
      case (true, true): "%"
      case (true, false): "?"
      case (false, true): "~"
      case (false, false): ""
      }
    guard let date = try? EDTF(text + qualifier) else { return .tooCoarse }
    return .date(date)
  }

  /// The day, month, part of a year or year meant, seen from one day; nil where none is.
  private func unit(from day: Day) -> CalendarUnit? {
    switch self {
    case .weekday(let weekday, let direction):
      Self.days(to: weekday, direction, from: day).flatMap { day.adding(days: $0) }.map(CalendarUnit.day)
    case .dayOffset(let days): day.adding(days: Int64(days)).map(CalendarUnit.day)
    case .monthName(let month, let direction):
      YearlyUnit(month: month).year(direction, from: day).map { .partOfYear($0, code: month) }
    case .season(let part, let direction), .yearPart(let part, let direction):
      YearlyUnit(part).year(direction, from: day).map { .partOfYear($0, code: part.rawValue) }
    case .yearOffset(let years): .year(day.year + years)
    case .deadlineUnstated: nil
    }
  }

  /// Days from a day to the weekday meant, negative before it.
  private static func days(to weekday: Int, _ direction: Direction, from day: Day) -> Int64? {
    let back = Int64((day.weekday - weekday + 7) % 7)
    return switch direction {
    case .past: -back
    case .last: back == 0 ? -7 : -back
    case .next: 7 - back
    case .coming: back == 0 ? 0 : 7 - back
    case .nearest: back <= 3 ? -back : 7 - back
    case .this: back == 0 ? 0 : nil
    }
  }
}

/// A date as a rule gives it.
private enum CalendarUnit: Hashable {
  case day(Day)
  /// A month, 01–12, or a part of a year, 21–41.
  case partOfYear(Int, code: Int)
  case year(Int)

  /// The date in EDTF; nil for years of more than four digits.
  var text: String? {
    switch self {
    case .day(let day): EDTF(day)?.description
    case .partOfYear(let year, let code): Self.text(year).map { "\($0)-\(code < 10 ? "0" : "")\(code)" }
    case .year(let year): Self.text(year)
    }
  }

  private static func text(_ year: Int) -> String? {
    // The first four digits of a day's text are its year's, and a day knows how years are written.
    guard abs(year) <= 9999, let day = Day(year: year, month: 1, day: 1) else { return nil }
    return String(day.description.dropLast("-01-01".count))
  }
}
