/// Decimal digits of binary integers: how many, and as text.
enum DecimalDigits {
  /// 10⁰ … 10³⁸, all the powers of ten that fit.
  static let powersOfTen: [UInt128] = (0...38).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 10 } }

  /// The number of digits of `value`; 1 for zero.
  static func count(_ value: UInt128) -> Int {
    let bits = UInt128.bitWidth - value.leadingZeroBitCount
    // 1233 / 4096 is log₁₀ 2 closely enough up to 128 bits to be at most one short (Warren, Hacker's Delight, 11-4).
    let estimate = (bits * 1233) >> 12
    return estimate + (value >= powersOfTen[estimate] ? 1 : value == 0 ? 1 : 0)
  }

  /// Appends the digits of `value`, with zeros before them up to a length of `width`.
  static func append(_ value: UInt64, width: Int = 1, to bytes: inout [UInt8]) {
    let start = bytes.count
    let count = max(width, value < 10 ? 1 : self.count(UInt128(value)))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: count))
    var rest = value
    var place = start + count
    while rest > 0 {
      place -= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes[place] += UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
  }

  /// Appends the digits of a value of at most 38 digits.
  static func append(_ value: UInt128, to bytes: inout [UInt8]) {
    guard let small = UInt64(exactly: value) else {
      let (high, low) = value.quotientAndRemainder(dividingBy: powersOfTen[19])
      append(UInt64(high), to: &bytes)
      return append(UInt64(low), width: 19, to: &bytes)
    }
    append(small, to: &bytes)
  }
}
