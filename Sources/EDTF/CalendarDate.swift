/// A date written as a year, a year and a month (or another part of the year), or a year, a month and a day.
///
/// The year has four digits. Any digit may be `X`; any component may be qualified.
public struct CalendarDate: Hashable, Sendable {
  /// The year, with its sign.
  public let year: Component
  /// The month, 01–12, or the code of a `YearPart`, 21–41.
  public let month: Component?
  /// The day of the month.
  public let day: Component?

  init(year: Component, month: Component? = nil, day: Component? = nil) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date of a day, fully specified and unqualified; the year must have at most four digits.
  init(_ day: Day) {
    let date = day.calendarDate
    self.init(
      year: Component(digits: DigitPattern(date.year, count: 4), qualifier: []),
      month: Component(digits: DigitPattern(date.month, count: 2), qualifier: []),
      day: Component(digits: DigitPattern(date.day, count: 2), qualifier: []))
  }

  /// The season, quarter, quadrimester or half-year, if the date names one.
  public var yearPart: YearPart? { month?.value.flatMap(YearPart.init(rawValue:)) }

  /// Whether any digit is `X`.
  public var hasUnspecifiedDigits: Bool {
    year.value == nil || (month.map { $0.value == nil } ?? false) || (day.map { $0.value == nil } ?? false)
  }

  /// Everything said about any component.
  public var qualifier: Qualifier {
    year.qualifier.union(month?.qualifier ?? []).union(day?.qualifier ?? [])
  }

  /// What kind of component the date ends with, whether its digits are specified or not.
  public var unit: Precision {
    if day != nil { return .day }
    if month == nil { return .year }
    return yearPart?.precision ?? .month
  }

  /// How finely the date is written: everything from the first `X` on counts as not written.
  public var precision: Precision {
    switch year.digits.firstUnspecified {
    case 0: return .vague
    case 1: return .millennium
    case 2: return .century
    case 3: return .decade
    default: break
    }
    guard let month, month.value != nil else { return .year }
    guard let day, day.value != nil else { return yearPart?.precision ?? .month }
    return .day
  }

  /// The least EDTF level that allows the date on its own: 0, 1 or 2.
  var level: Int {
    max(year.digits.isNegative ? 1 : 0, yearPart?.level ?? 0, qualificationLevel, unspecifiedLevel)
  }

  /// Level 1 qualifies a date as a whole, level 2 its components.
  private var qualificationLevel: Int {
    if qualifier.isEmpty { return 0 }
    let isUniform = [month, day].allSatisfy { $0.map { $0.qualifier == year.qualifier } ?? true }
    return isUniform ? 1 : 2
  }

  /// Level 1 leaves out the last one or two digits of a lone year, or whole components from the right; level 2 any.
  private var unspecifiedLevel: Int {
    guard hasUnspecifiedDigits else { return 0 }
    guard let month else { return (year.digits.firstUnspecified ?? 4) >= 2 && endsInX(year) ? 1 : 2 }
    guard year.value != nil else { return 2 }
    guard let day else { return month.digits.unspecifiedCount == 2 ? 1 : 2 }
    let monthIsWhole = month.value != nil || month.digits.unspecifiedCount == 2
    return monthIsWhole && day.digits.unspecifiedCount == 2 ? 1 : 2
  }

  /// Whether everything from the first `X` on is `X`.
  private func endsInX(_ component: Component) -> Bool {
    guard let first = component.digits.firstUnspecified else { return false }
    return component.digits.unspecifiedCount == 4 - first
  }

  /// Appends the canonical form.
  ///
  /// A qualifier that the year and the components right after it share is written once, after the last of them;
  /// other components have theirs in front.
  func write(to text: inout [UInt8]) {
    let components = [year, month, day].compactMap { $0 }
    let shared = year.qualifier.isEmpty ? 0 : components.prefix { $0.qualifier == year.qualifier }.count
    for (index, component) in components.enumerated() {
      if index > 0 { text.append(UInt8(ascii: "-")) }
      if index >= shared { component.qualifier.write(to: &text) }
      component.digits.write(to: &text)
      if index == shared - 1 { component.qualifier.write(to: &text) }
    }
  }
}
