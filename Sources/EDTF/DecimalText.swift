extension [UInt8] {
  /// Appends a number in decimal ASCII digits, with zeros in front up to a width.
  /// - Parameter value: not negative; anything else is a bug of the caller.
  mutating func appendDecimal(_ value: Int, width: Int) {
    precondition(value >= 0, "a sign is written by the caller")
    var divisor = 1
    var digits = 1
    while digits < width || value / divisor >= 10 {
      divisor *= 10
      digits += 1
    }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
