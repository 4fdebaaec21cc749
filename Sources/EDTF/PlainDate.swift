/// The short way for the three plainest forms, `YYYY`, `YYYY-MM` and `YYYY-MM-DD`, which most dates have.
enum PlainDate {
  /// Reads a plain date. Nil says only that the text needs the parser, which also finds out what is wrong with it.
  static func read(_ text: String) -> (date: CalendarDate, bounds: Bounds)? {
    let bytes = text.utf8.span
    guard bytes.count == 10 || bytes.count == 7 || bytes.count == 4 else { return nil }
    guard let century = twoDigits(bytes, at: 0), let yearOfCentury = twoDigits(bytes, at: 2) else { return nil }
    let year = century * 100 + yearOfCentury
    let yearComponent = Component(digits: DigitPattern(year, count: 4), qualifier: [])
    if bytes.count == 4 {
      let first = Day(validYear: year, month: 1, day: 1)
      let date = CalendarDate(year: yearComponent)
      return (date, Bounds(first: first, count: Day.isLeap(year) ? 366 : 365))
    }
    guard bytes[4] == UInt8(ascii: "-"), let month = twoDigits(bytes, at: 5), month >= 1, month <= 12 else {
      return nil
    }
    let monthComponent = Component(digits: DigitPattern(month, count: 2), qualifier: [])
    let length = Day.length(ofMonth: month, year: year)
    if bytes.count == 7 {
      let date = CalendarDate(year: yearComponent, month: monthComponent)
      return (date, Bounds(first: Day(validYear: year, month: month, day: 1), count: length))
    }
    guard bytes[7] == UInt8(ascii: "-"), let day = twoDigits(bytes, at: 8), day >= 1, day <= length else { return nil }
    let dayComponent = Component(digits: DigitPattern(day, count: 2), qualifier: [])
    let date = CalendarDate(year: yearComponent, month: monthComponent, day: dayComponent)
    return (date, Bounds(Day(validYear: year, month: month, day: day)))
  }

  private static func twoDigits(_ bytes: borrowing Span<UInt8>, at index: Int) -> Int? {
    let tens = bytes[index] &- UInt8(ascii: "0")
    let ones = bytes[index + 1] &- UInt8(ascii: "0")
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }
}
