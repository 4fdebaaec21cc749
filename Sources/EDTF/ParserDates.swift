/// Dates of a four-digit year, perhaps with a month and a day, or a time.
extension Parser {
  /// Takes `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, any digit of which may be `X` and any component qualified.
  ///
  /// A qualifier before a component is for that one, a qualifier after it for it and all to its left.
  mutating func calendarDate() throws(EDTFError) -> (CalendarDate, CalendarExtent) {
    let start = index
    var year = try yearComponent()
    guard take("-") else { return try checked(CalendarDate(year: year), from: start) }
    let (monthComponent, monthSuffix) = try component("a month (01–12) or part of a year (21–41), two digits")
    var month = monthComponent
    try check(month: month.digits)
    year.qualifier.formUnion(monthSuffix)
    guard take("-") else { return try checked(CalendarDate(year: year, month: month), from: start) }
    if let value = month.value, YearPart(rawValue: value) != nil {
      throw EDTFError(.noSuchDay, at: index - 1, "\(value) is a part of a year and has no days; leave the day out")
    }
    let (day, daySuffix) = try component("a day, two digits")
    year.qualifier.formUnion(daySuffix)
    month.qualifier.formUnion(daySuffix)
    return try checked(CalendarDate(year: year, month: month, day: day), from: start)
  }

  /// Takes a year of four digits with the qualifiers on both sides.
  private mutating func yearComponent() throws(EDTFError) -> Component {
    let prefix = try qualifier() ?? []
    let start = index
    let isNegative = take("-")
    let digits = try pattern("a year of four digits such as 2026", count: 4, isNegative: isNegative)
    if digit != nil || next == UInt8(ascii: "X") {
      throw EDTFError(.wrongYearForm, at: index, "a year has four digits; longer ones begin with Y, such as Y17000")
    }
    if isNegative, digits.largest == 0 {
      throw EDTFError(.negativeZero, at: start, "year 0 has no sign; write 0000")
    }
    let suffix = try qualifier() ?? []
    return Component(digits: digits, qualifier: prefix.union(suffix))
  }

  /// Takes a month or day with the qualifiers on both sides; the second result is the one after it.
  private mutating func component(_ what: String) throws(EDTFError) -> (Component, suffix: Qualifier) {
    let prefix = try qualifier() ?? []
    let digits = try pattern(what, count: 2, isNegative: false)
    let suffix = try qualifier() ?? []
    return (Component(digits: digits, qualifier: prefix.union(suffix)), suffix)
  }

  /// Checks the month just taken.
  private func check(month: DigitPattern) throws(EDTFError) {
    if (1...12).contains(where: month.matches) { return }
    if let value = month.value, YearPart(rawValue: value) != nil { return }
    throw EDTFError(
      .noSuchMonth, at: index - 2,
      "month \(month) does not exist; months are 01–12, seasons and other parts of a year 21–41")
  }

  /// The date with its extent, if any calendar date matches it.
  private func checked(
    _ date: CalendarDate, from start: Int
  ) throws(EDTFError) -> (CalendarDate, CalendarExtent) {
    if let extent = CalendarExtent(date) { return (date, extent) }
    guard let year = date.year.value, let month = date.month?.value, (1...12).contains(month) else {
      throw EDTFError(.noSuchDay, at: start, "no date of the calendar matches; months have at most 31 days")
    }
    let length = Day.length(ofMonth: month, year: year)
    let monthText = CalendarDate(year: date.year, month: date.month).withoutQualifiers
    throw EDTFError(
      .noSuchDay, at: start, "there is no such day; the days of \(monthText) are 01–\(length)")
  }

  /// Takes what follows `T` after a date: `hh:mm:ss` and an offset, if there is one.
  mutating func dateTime(on date: CalendarDate, _ extent: CalendarExtent) throws(EDTFError) -> EDTF {
    guard date.precision == .day, date.qualifier.isEmpty else {
      throw EDTFError(.notAllowedHere, at: index - 1, "a time follows only a whole day without qualifiers and X")
    }
    let hour = try timeComponent("hours", upTo: 23)
    guard take(":") else { throw unexpected(instead: "‘:’ and minutes") }
    let minute = try timeComponent("minutes", upTo: 59)
    guard take(":") else { throw unexpected(instead: "‘:’ and seconds") }
    let second = try timeComponent("seconds", upTo: 59)
    let offset = try zoneOffset()
    try endOfText(after: "a time")
    let dateTime = DateTime(day: extent.first, hour: hour, minute: minute, second: second, offsetMinutes: offset)
    return EDTF(form: .dateTime(dateTime), bounds: Bounds(extent.first, instant: dateTime.instant))
  }

  private mutating func timeComponent(_ what: String, upTo limit: Int) throws(EDTFError) -> UInt8 {
    let start = index
    let value = try twoDigits(what)
    guard value <= limit else {
      throw EDTFError(.noSuchTime, at: start, "\(what) are 00–\(limit); midnight is 00:00:00 of the next day")
    }
    return UInt8(value)
  }

  /// Takes `Z`, `±hh` or `±hh:mm`; nil if there is no offset.
  private mutating func zoneOffset() throws(EDTFError) -> Int16? {
    if take("Z") { return 0 }
    let start = index
    let isBehind = take("-")
    guard isBehind || take("+") else { return nil }
    let hours = try twoDigits("hours of the offset")
    let minutes = take(":") ? try twoDigits("minutes of the offset") : 0
    guard hours <= 23, minutes <= 59 else {
      throw EDTFError(.noSuchOffset, at: start, "an offset is at most 23:59; write it as -04, +03:30 or Z")
    }
    if isBehind, hours == 0, minutes == 0 {
      throw EDTFError(.noSuchOffset, at: start, "an offset of zero has no minus; write Z")
    }
    return Int16((hours * 60 + minutes) * (isBehind ? -1 : 1))
  }
}

extension CalendarDate {
  /// The date as written, for messages.
  fileprivate var withoutQualifiers: String {
    [year, month, day].compactMap { $0?.digits.description }.joined(separator: "-")
  }
}
