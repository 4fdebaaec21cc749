import EDTF

/// Dates in digits and separators.
enum NumericDate {
  /// A run of digits.
  private struct Number {
    let value: Int
    let width: Int
  }

  /// Month, day and year by the places of the parts; nil for a text of another shape.
  static func read(_ text: String, year: Int, month: Int, day: Int) -> DateReading? {
    guard let numbers = numbers(text, count: 3), isYear(numbers[year]) != nil else { return nil }
    guard numbers[month].width <= 2, numbers[day].width <= 2 else { return nil }
    guard isYear(numbers[year]) == true else {
      return .impossible(reason: "a year has four digits, and which century \(numbers[year].value) means is not said")
    }
    return CalendarParts(year: numbers[year].value, month: numbers[month].value, day: numbers[day].value).reading
  }

  /// A date whose order of day and month is not known; see ``DateFormat/auto``.
  static func readEitherOrder(_ text: String) -> DateReading? {
    guard let monthFirst = read(text, year: 2, month: 0, day: 1), let dayFirst = read(text, year: 2, month: 1, day: 0)
    else { return nil }
    switch (monthFirst, dayFirst) {
    case (.date(let one), .date(let other)) where one != other:
      guard let numbers = numbers(text, count: 3),
        case .date(let year) = CalendarParts(year: numbers[2].value).reading
      else { return nil }
      return .ambiguous(year, reason: "it may be \(one) or \(other); the year alone is taken")
    case (.date, _): return monthFirst
    default: return dayFirst
    }
  }

  /// A year of four digits.
  static func readYear(_ text: String) -> DateReading? {
    guard let numbers = numbers(text, count: 1), numbers[0].width == 4 else { return nil }
    return CalendarParts(year: numbers[0].value).reading
  }

  /// A year and a month, in the order that their digits tell.
  static func readYearMonth(_ text: String) -> DateReading? {
    guard let numbers = numbers(text, count: 2) else { return nil }
    switch (numbers[0].width, numbers[1].width) {
    case (4, 1...2): return CalendarParts(year: numbers[0].value, month: numbers[1].value).reading
    case (1...2, 4): return CalendarParts(year: numbers[1].value, month: numbers[0].value).reading
    default: return nil
    }
  }

  /// Whether a number is a year; nil where it is too long for any, false where it lacks the century.
  private static func isYear(_ number: Number) -> Bool? {
    switch number.width {
    case 4: true
    case 1...2: false
    default: nil
    }
  }

  /// The numbers in a text that is nothing but `count` of them with one kind of separator between them.
  private static func numbers(_ text: String, count: Int) -> [Number]? {
    var numbers: [Number] = []
    var (value, width) = (0, 0)
    var separator: UInt8?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard width < 4 else { return nil }
        (value, width) = (value * 10 + Int(byte - UInt8(ascii: "0")), width + 1)
      case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"):
        guard width > 0, separator == nil || separator == byte else { return nil }
        separator = byte
        numbers.append(Number(value: value, width: width))
        (value, width) = (0, 0)
      default: return nil
      }
    }
    guard width > 0 else { return nil }
    numbers.append(Number(value: value, width: width))
    return numbers.count == count ? numbers : nil
  }
}
