/// Numbers as the protocol writes them: ASCII digits, nothing else.
enum DecimalDigits {
  /// Appends `number` to `buffer`.
  static func append(_ number: UInt64, to buffer: inout [UInt8]) {
    // The largest power of ten not above the number: its digits are then written from the left.
    var power: UInt64 = 1
    while number / power >= 10 { power *= 10 }
    var rest = number
    while power > 0 {
      let (digit, remainder) = rest.quotientAndRemainder(dividingBy: power)
      buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      rest = remainder
      power /= 10
    }
  }

  /// The number that `text` writes, or nil unless it is one or more digits for a number below 2^64.
  static func number(in text: String) -> UInt64? {
    guard areDigits(text) else { return nil }
    return UInt64(text)
  }

  /// Whether `text` is one or more digits, however large the number.
  static func areDigits(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
