/// The form of a date-time, RFC 3339 section 5.6. What moment it is belongs to who reads the clock.
enum DateTimeSyntax {
  /// Whether `text` is a `date-time`: its grammar, and the ranges of section 5.7 (days of the month, leap years, a
  /// second 60). `T` and `Z` may be small, as section 5.6 allows; a blank for the `T` is not accepted.
  static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard matches(bytes[...].prefix(19), "0000-00-00T00:00:00") else { return false }
    guard isDate(year: number(bytes, 0, 4), month: number(bytes, 5, 2), day: number(bytes, 8, 2)),
      number(bytes, 11, 2) < 24, number(bytes, 14, 2) < 60, number(bytes, 17, 2) <= 60
    else { return false }
    var zone = bytes[19...]
    if zone.first == UInt8(ascii: ".") {
      let fraction = zone.dropFirst().prefix { isDigit($0) }
      guard !fraction.isEmpty else { return false }
      zone = zone[fraction.endIndex...]
    }
    if matches(zone, "Z") { return true }
    guard matches(zone, "+00:00") || matches(zone, "-00:00") else { return false }
    return number(bytes, zone.startIndex + 1, 2) < 24 && number(bytes, zone.startIndex + 4, 2) < 60
  }

  /// Whether `bytes` has the shape of `pattern`, in which 0 stands for any digit and letters for either case.
  private static func matches(_ bytes: ArraySlice<UInt8>, _ pattern: String) -> Bool {
    let pattern = pattern.utf8
    guard bytes.count == pattern.count else { return false }
    return zip(bytes, pattern).allSatisfy { byte, wanted in
      switch wanted {
      case UInt8(ascii: "0"): isDigit(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte == wanted || byte == wanted + 0x20
      default: byte == wanted
      }
    }
  }

  private static func isDate(year: Int, month: Int, day: Int) -> Bool {
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return 1...(isLeapYear ? 29 : 28) ~= day
    case 4, 6, 9, 11: return 1...30 ~= day
    case 1...12: return 1...31 ~= day
    default: return false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
    bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
