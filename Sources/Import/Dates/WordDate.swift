/// Dates with the English name of a month. A part of a range may lack what it shares with the other.
struct WordDate: Hashable, Sendable {
  var year: Int?
  var month: Int?
  var day: Int?

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let ordinalEndings = ["st", "nd", "rd", "th"]

  /// Reads days, months and years in any usual order: `April 20, 2001`, `20th April 2001`, `20-Apr-2001`, `14 May`, `12`.
  ///
  /// Nil for a text with any other word, or with anything twice. Names are read whatever the case, and by their first three
  /// letters, September also by four.
  init?(_ text: String) {
    // Beside blanks a hyphen stands between two dates, not inside of one.
    let separators: Set<Character> = text.contains(where: \.isWhitespace) ? [" ", ",", "\u{A0}"] : ["-", ","]
    for word in text.lowercased().split(whereSeparator: separators.contains) {
      let word = word.last == "." ? word.dropLast() : word
      if let month = Self.month(word) {
        guard self.month == nil else { return nil }
        self.month = month
      } else if word.utf8.count == 4, let year = Self.number(word) {
        guard self.year == nil else { return nil }
        self.year = year
      } else if let day = Self.day(word) {
        guard self.day == nil else { return nil }
        self.day = day
      } else {
        return nil
      }
    }
    if year == nil, month == nil, day == nil { return nil }
  }

  /// The date on its own; nil where it lacks its year, or a month that its day is in.
  var reading: DateReading? {
    guard let year, let month else { return nil }
    return CalendarParts(year: year, month: month, day: day).reading
  }

  private static func month(_ word: Substring) -> Int? {
    let isShort = word.utf8.count == 3 || word == "sept"
    return months.firstIndex { $0 == word || (isShort && $0.hasPrefix(word)) }.map { $0 + 1 }
  }

  private static func day(_ word: Substring) -> Int? {
    let digits = ordinalEndings.contains { word.hasSuffix($0) } ? word.dropLast(2) : word
    guard 1...2 ~= digits.utf8.count else { return nil }
    return number(digits)
  }

  private static func number(_ digits: Substring) -> Int? {
    guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
    return Int(digits)
  }
}
