import EDTF

/// A month or part of a year, which comes once in every year and may reach into the next.
struct YearlyUnit {
  /// The month it begins with, 1–12.
  private let firstMonth: Int
  private let monthCount: Int

  init(month: Int) {
    (firstMonth, monthCount) = (month, 1)
  }

  init(_ part: YearPart) {
    (firstMonth, monthCount) = (part.firstMonth, part.monthCount)
  }

  /// The year in which the one that a direction means begins, seen from a day; nil where two are equally near.
  func year(_ direction: Direction, from day: Day) -> Int? {
    let (year, month, _) = day.calendarDate
    /// The year of the latest one that has begun by the day.
    let begun = month >= firstMonth ? year : year - 1
    let holdsDay = (month - firstMonth + 12) % 12 < monthCount
    return switch direction {
    case .past: begun
    case .last: holdsDay ? begun - 1 : begun
    case .next: begun + 1
    case .coming: holdsDay ? begun : begun + 1
    case .this: holdsDay ? begun : year
    case .nearest: holdsDay ? begun : nearer(begun, from: day)
    }
  }

  /// The year of the nearer of the one that is over and the one that comes, by the days between.
  private func nearer(_ over: Int, from day: Day) -> Int? {
    let monthsOn = firstMonth - 1 + monthCount
    guard let after = Day(year: over + monthsOn / 12, month: monthsOn % 12 + 1, day: 1),
      let next = Day(year: over + 1, month: firstMonth, day: 1)
    else { return nil }
    let (since, until) = (after.days(until: day) + 1, day.days(until: next))
    return since == until ? nil : since < until ? over : over + 1
  }
}
