/// A day of the proleptic Gregorian calendar, which ISO 8601-1 prescribes, counted from 1970-01-01.
///
/// Year 0 is the year before year 1. A day has no time zone: it is the calendar day as somebody wrote it.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01, negative before it.
  public let number: Int64

  /// Days have numbers within plus and minus this, 10^14: a little more than any year within `yearLimit` needs.
  public static let numberLimit: Int64 = 100_000_000_000_000
  /// Years of days lie within plus and minus this: twice `EDTF.Limits.year`, the furthest a rounded year can reach.
  static let yearLimit = 2 * EDTF.Limits.year

  /// The day with a number.
  /// - Parameter number: days since 1970-01-01; within `numberLimit`, anything else is a bug of the caller.
  @inlinable
  public init(number: Int64) {
    precondition(number >= -Day.numberLimit && number <= Day.numberLimit, "day number out of range")
    self.number = number
  }

  /// The day of a calendar date, or nil if there is no such date or the year is out of range.
  /// - Parameters:
  ///   - year: the astronomical year; 0 and negative years allowed.
  ///   - month: 1–12.
  ///   - day: 1 to the length of the month.
  public init?(year: Int, month: Int, day: Int) {
    guard year.magnitude <= Day.yearLimit, month >= 1, month <= 12, day >= 1 else { return nil }
    guard day <= Day.length(ofMonth: month, year: year) else { return nil }
    self.init(validYear: year, month: month, day: day)
  }

  /// The day of a date known to exist.
  ///
  /// Years are counted from 1 March, so that the leap day comes last and the lengths of the months before any month
  /// follow one straight line, (153 m + 2) / 5; 400 years always have 146 097 days.
  init(validYear year: Int, month: Int, day: Int) {
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = month > 2 ? month - 3 : month + 9
    let cycle = Day.floorDivide(marchYear, by: 400)
    let yearOfCycle = marchYear - cycle * 400
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
    self.init(number: Int64(cycle * Day.daysPerCycle + dayOfCycle - Day.epochFromMarchOfYear0))
  }

  /// The astronomical year.
  public var year: Int { calendarDate.year }
  /// The month, 1–12.
  public var month: Int { calendarDate.month }
  /// The day of the month, 1–31.
  public var day: Int { calendarDate.day }

  /// Year, month and day of the month at once.
  public var calendarDate: (year: Int, month: Int, day: Int) {
    let count = Int(number) + Day.epochFromMarchOfYear0
    let cycle = Day.floorDivide(count, by: Day.daysPerCycle)
    let dayOfCycle = count - cycle * Day.daysPerCycle
    // The leap day comes last in the 4 years and in the 400 years that have one; `min` keeps it in its own year.
    let century = min(dayOfCycle / 36_524, 3)
    let dayOfCentury = dayOfCycle - century * 36_524
    let dayOfFourYears = dayOfCentury % 1461
    let yearOfFour = min(dayOfFourYears / 365, 3)
    let dayOfYear = dayOfFourYears - yearOfFour * 365
    let yearOfCycle = century * 100 + dayOfCentury / 1461 * 4 + yearOfFour
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// The day of the week as ISO 8601 counts it: 1 is Monday, 7 is Sunday.
  public var weekday: Int {
    // 1970-01-01 was a Thursday.
    let fromMonday = (Int(number) + 3) % 7
    return (fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1
  }

  /// The day a number of days later, or earlier if negative; nil beyond `numberLimit`.
  public func adding(days: Int64) -> Day? {
    let (sum, overflow) = number.addingReportingOverflow(days)
    guard !overflow, sum.magnitude <= Day.numberLimit else { return nil }
    return Day(number: sum)
  }

  /// How many days after this day another comes; negative if it comes before.
  @inlinable
  public func days(until other: Day) -> Int64 { other.number - number }

  /// The number of days of a month, 28–31.
  /// - Parameter month: 1–12; anything else is a bug of the caller.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    precondition(month >= 1 && month <= 12, "month out of range")
    switch month {
    case 2: return isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Whether a year of the proleptic Gregorian calendar has a 29 February.
  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Orders by time.
  @inlinable
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// ISO 8601: `2026-02-04`, `-0044-03-15`. A year of more than four digits gets EDTF's `Y` in front,
  /// `Y12026-02-04`, which no EDTF expression can say and which serves reading only.
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(16)
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the description.
  func write(to text: inout [UInt8]) {
    let (year, month, day) = calendarDate
    if abs(year) > 9999 { text.append(UInt8(ascii: "Y")) }
    if year < 0 { text.append(UInt8(ascii: "-")) }
    text.appendDecimal(abs(year), width: 4)
    text.append(UInt8(ascii: "-"))
    text.appendDecimal(month, width: 2)
    text.append(UInt8(ascii: "-"))
    text.appendDecimal(day, width: 2)
  }

  private static let daysPerCycle = 146_097
  /// Days from 0000-03-01 to 1970-01-01.
  private static let epochFromMarchOfYear0 = 719_468

  private static func floorDivide(_ value: Int, by divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value + 1) / divisor - 1
  }
}
