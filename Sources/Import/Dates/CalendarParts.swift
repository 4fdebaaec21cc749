import EDTF

/// Year, month and day as numbers, as far as they are given.
struct CalendarParts: Hashable, Sendable {
  var year: Int
  var month: Int?
  var day: Int?

  /// The date of these parts, exactly as fine.
  var reading: DateReading {
    guard 0...9999 ~= year else { return .impossible(reason: "the year has more than four digits") }
    if let month {
      guard 1...12 ~= month else { return .impossible(reason: "there is no month \(month)") }
      if let day, day < 1 || day > Day.length(ofMonth: month, year: year) {
        return .impossible(reason: "there is no day \(day) in month \(month) of \(year)")
      }
    }
    let text = [Self.digits(year, 4), month.map { Self.digits($0, 2) }, day.map { Self.digits($0, 2) }]
      .compactMap(\.self).joined(separator: "-")
    do throws(EDTFError) {
      return .date(try EDTF(text))
    } catch {
      return .impossible(reason: error.advice)
    }
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
