extension ExactDecimal {
  /// The exact sum, in the finer precision of the two where its digits allow; nil where it needs more than
  /// ``maximumDigits`` digits.
  package func adding(_ other: ExactDecimal) -> ExactDecimal? {
    var (high, low) = exponent >= other.exponent ? (self, other) : (other, self)
    if low.isZero, !high.isZero {
      let finest = max(low.exponent, high.exponent - (Self.maximumDigits - high.digitCount))
      return Self.exact(
        isNegative: high.isNegative, high.significand * DecimalDigits.powersOfTen[high.exponent - finest],
        exponent: finest)
    }
    // The lower one gives up trailing zeros as long as the higher one would not fit when written as finely.
    while high.rescaled(to: low.exponent) == nil, let coarser = low.coarser(below: high.exponent) { low = coarser }
    guard let aligned = high.rescaled(to: low.exponent) else { return nil }
    if high.isNegative == low.isNegative {
      return Self.exact(isNegative: high.isNegative, aligned + low.significand, exponent: low.exponent)
    }
    let highIsGreater = aligned > low.significand
    let difference = highIsGreater ? aligned - low.significand : low.significand - aligned
    let isNegative = difference == 0 ? false : highIsGreater ? high.isNegative : low.isNegative
    return Self.exact(isNegative: isNegative, difference, exponent: low.exponent)
  }

  /// The exact difference, in the finer precision of the two where its digits allow; nil where it needs more than
  /// ``maximumDigits`` digits.
  package func subtracting(_ other: ExactDecimal) -> ExactDecimal? {
    adding(-other)
  }

  /// The exact product, its exponent the sum of both where its digits allow; nil where it needs more than
  /// ``maximumDigits`` digits or an exponent outside ``exponents``.
  package func multiplied(by other: ExactDecimal) -> ExactDecimal? {
    var (high, low) = significand.multipliedFullWidth(by: other.significand)
    var exponent = self.exponent + other.exponent
    // Only trailing zeros can bring a product of up to 68 digits back to 34.
    while high != 0 {
      let (quotient, carried) = high.quotientAndRemainder(dividingBy: 10)
      let (rest, digit) = UInt128(10).dividingFullWidth((carried, low))
      guard digit == 0 else { return nil }
      (high, low) = (quotient, rest)
      exponent += 1
    }
    return Self.exact(isNegative: isNegative != other.isNegative, low, exponent: exponent)
  }

  /// The significand this number has when written with a lower or equal exponent; nil above 37 digits, which leaves
  /// room to add.
  private func rescaled(to exponent: Int) -> UInt128? {
    let zeros = self.exponent - exponent
    guard !isZero else { return 0 }
    guard digitCount + zeros <= DecimalDigits.powersOfTen.count - 2 else { return nil }
    return significand * DecimalDigits.powersOfTen[zeros]
  }

  /// The same number with one trailing zero less; nil where there is none or the exponent has reached `limit`.
  private func coarser(below limit: Int) -> ExactDecimal? {
    guard exponent < limit else { return nil }
    let (quotient, digit) = significand.quotientAndRemainder(dividingBy: 10)
    return digit == 0 ? ExactDecimal(isNegative: isNegative, significand: quotient, exponent: exponent + 1) : nil
  }

  /// A number whose significand may be too long by trailing zeros, which are dropped as far as needed.
  static func exact(isNegative: Bool, _ significand: UInt128, exponent: Int) -> ExactDecimal? {
    var (significand, exponent) = (significand, exponent)
    while significand >= DecimalDigits.powersOfTen[maximumDigits] {
      let (quotient, digit) = significand.quotientAndRemainder(dividingBy: 10)
      guard digit == 0 else { return nil }
      significand = quotient
      exponent += 1
    }
    return ExactDecimal(isNegative: isNegative, significand: significand, exponent: exponent)
  }
}
