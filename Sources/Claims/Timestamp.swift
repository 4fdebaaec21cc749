import EDTF

/// A moment in UTC with microseconds, read and written as RFC 3339.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package let microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  package static func < (one: Timestamp, other: Timestamp) -> Bool {
    one.microseconds < other.microseconds
  }

  /// Reads `date-time` of RFC 3339 section 5.6, years 0000–9999; digits beyond the microsecond are dropped, and a leap
  /// second (`:60`) is taken as the second before. Nil where the text is anything else.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20 else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      var value: Int64 = 0
      for byte in bytes[range] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      return value
    }
    func isAt(_ index: Int, _ character: Unicode.Scalar) -> Bool {
      index < bytes.count && bytes[index] == UInt8(ascii: character)
    }
    guard isAt(4, "-"), isAt(7, "-"), isAt(10, "T") || isAt(10, "t"), isAt(13, ":"), isAt(16, ":"),
      let year = number(0..<4), let month = number(5..<7), let dayOfMonth = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      hour < 24, minute < 60, second <= 60,
      let day = Day(year: Int(year), month: Int(month), day: Int(dayOfMonth))
    else { return nil }
    var index = 19
    var fraction: Int64 = 0
    if isAt(index, ".") {
      index += 1
      let first = index
      while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
        if index - first < 6 { fraction = fraction * 10 + Int64(bytes[index] - 48) }
        index += 1
      }
      guard index > first else { return nil }
      for _ in min(index - first, 6)..<6 { fraction *= 10 }
    }
    var offset: Int64 = 0
    if isAt(index, "Z") || isAt(index, "z") {
      guard index + 1 == bytes.count else { return nil }
    } else {
      guard isAt(index, "+") || isAt(index, "-"), index + 6 == bytes.count, isAt(index + 3, ":"),
        let hours = number(index + 1..<index + 3), let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (isAt(index, "-") ? -1 : 1)
    }
    let seconds = day.number * 86_400 + hour * 3_600 + (minute - offset) * 60 + min(second, 59)
    microseconds = seconds * 1_000_000 + fraction
  }

  /// `2026-02-04T12:30:00.000000Z`, always 27 characters for years 0000–9999.
  package var description: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the 27 characters of ``description`` to `buffer`.
  package func append(to buffer: inout [UInt8]) {
    let secondOfEpoch = microseconds.flooredQuotient(by: 1_000_000)
    let fraction = microseconds - secondOfEpoch * 1_000_000
    let dayNumber = secondOfEpoch.flooredQuotient(by: 86_400)
    let secondOfDay = secondOfEpoch - dayNumber * 86_400
    let day = Day(number: dayNumber)
    func digits(_ value: Int64, _ width: Int) {
      var divisor: Int64 = 1
      for _ in 1..<width { divisor *= 10 }
      while divisor > 0 {
        buffer.append(UInt8(48 + value / divisor % 10))
        divisor /= 10
      }
    }
    digits(Int64(day.year), 4)
    buffer.append(UInt8(ascii: "-"))
    digits(Int64(day.month), 2)
    buffer.append(UInt8(ascii: "-"))
    digits(Int64(day.day), 2)
    buffer.append(UInt8(ascii: "T"))
    digits(secondOfDay / 3_600, 2)
    buffer.append(UInt8(ascii: ":"))
    digits(secondOfDay / 60 % 60, 2)
    buffer.append(UInt8(ascii: ":"))
    digits(secondOfDay % 60, 2)
    buffer.append(UInt8(ascii: "."))
    digits(fraction, 6)
    buffer.append(UInt8(ascii: "Z"))
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity.
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
