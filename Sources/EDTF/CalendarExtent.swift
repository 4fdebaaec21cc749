/// The days that a date as written can stand for.
struct CalendarExtent {
  /// The first day.
  let first: Day
  /// The last day.
  let last: Day
  /// The first day of the last year, month or other unit the date can stand for.
  ///
  /// An interval may end no earlier than it begins; what counts there is where the units begin, so that
  /// `2004-06-11/2004-06` is refused and `2004-06-11/2004-06-XX` is not.
  let lastStart: Day

  /// The extent of one day.
  init(_ day: Day) {
    (first, last, lastStart) = (day, day, day)
  }

  /// The smallest and largest of all calendar dates that match, or nil if none does.
  init?(_ date: CalendarDate) {
    guard let first = CalendarExtent.start(of: date, last: false),
      let lastStart = CalendarExtent.start(of: date, last: true)
    else { return nil }
    self.first = first
    self.lastStart = lastStart
    self.last = CalendarExtent.end(of: date, from: lastStart)
  }

  /// The first day of the first or last unit that matches.
  private static func start(of date: CalendarDate, last: Bool) -> Day? {
    for year in candidates(for: date.year.digits, within: -9999...9999, descending: last) {
      if let part = date.yearPart { return Day(validYear: year, month: part.firstMonth, day: 1) }
      guard let month = date.month else { return Day(validYear: year, month: 1, day: 1) }
      for month in candidates(for: month.digits, within: 1...12, descending: last) {
        guard let day = date.day else { return Day(validYear: year, month: month, day: 1) }
        let days = 1...Day.length(ofMonth: month, year: year)
        if let day = candidates(for: day.digits, within: days, descending: last).first(where: { _ in true }) {
          return Day(validYear: year, month: month, day: day)
        }
      }
    }
    return nil
  }

  /// The numbers within a range that match a pattern, in ascending or descending order.
  private static func candidates(
    for pattern: DigitPattern, within range: ClosedRange<Int>, descending: Bool
  ) -> some Sequence<Int> {
    let ends = pattern.isNegative ? (-pattern.largest, -pattern.smallest) : (pattern.smallest, pattern.largest)
    let lowest = max(ends.0, range.lowerBound)
    let highest = min(ends.1, range.upperBound)
    let numbers =
      descending ? stride(from: highest, through: lowest, by: -1) : stride(from: lowest, through: highest, by: 1)
    return numbers.lazy.filter(pattern.matches)
  }

  /// The last day of the unit of a date that begins on a day.
  private static func end(of date: CalendarDate, from start: Day) -> Day {
    if date.day != nil { return start }
    let months = date.month == nil ? 12 : date.yearPart?.monthCount ?? 1
    let begin = start.calendarDate
    let monthsOn = begin.month - 1 + months
    let next = Day(validYear: begin.year + monthsOn / 12, month: monthsOn % 12 + 1, day: 1)
    return Day(number: next.number - 1)
  }
}
