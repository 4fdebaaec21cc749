/// Operations that round; ties go to the even digit (IEEE 754-2019 roundTiesToEven).
extension ExactDecimal {
  /// The number with the exponent `place`: −2 rounds to hundredths, or writes hundredths where they were not written.
  ///
  /// Nil where that needs more than ``maximumDigits`` digits or `place` is outside ``exponents``.
  package func rounded(toPlace place: Int) -> ExactDecimal? {
    Self.quotient(significand, sticky: false, isNegative: isNegative, exponent: exponent, toPlace: place)
  }

  /// The number with at most `digits` significant digits; one with fewer stays as it is.
  ///
  /// Nil where rounding up leads to an exponent outside ``exponents``.
  /// - Precondition: `digits` is 1 to ``maximumDigits``.
  package func rounded(toSignificantDigits digits: Int) -> ExactDecimal? {
    precondition(digits >= 1 && digits <= Self.maximumDigits, "digits out of bounds")
    return Self.quotient(
      significand, sticky: false, isNegative: isNegative, exponent: exponent, significantDigits: digits)
  }

  /// The quotient rounded to `digits` significant digits; fewer where it is exact in fewer.
  ///
  /// Nil for a divisor of zero and where the exponent would be outside ``exponents``.
  /// - Precondition: `digits` is 1 to ``maximumDigits``.
  package func divided(by divisor: ExactDecimal, significantDigits digits: Int) -> ExactDecimal? {
    precondition(digits >= 1 && digits <= Self.maximumDigits, "digits out of bounds")
    guard !divisor.isZero else { return nil }
    var division = LongDivision(self, by: divisor)
    // One digit more than asked for decides, together with whether anything is left, how to round.
    while !division.isExact, DecimalDigits.count(division.quotient) <= digits { division.step() }
    return Self.quotient(
      division.quotient, sticky: !division.isExact, isNegative: isNegative != divisor.isNegative,
      exponent: division.exponent, significantDigits: digits)
  }

  /// The quotient rounded to the exponent `place`: −2 gives hundredths.
  ///
  /// Nil for a divisor of zero, where the result needs more than ``maximumDigits`` digits, and where `place` is outside
  /// ``exponents``.
  package func divided(by divisor: ExactDecimal, toPlace place: Int) -> ExactDecimal? {
    guard !divisor.isZero else { return nil }
    var division = LongDivision(self, by: divisor)
    while !division.isExact, division.exponent >= place {
      guard DecimalDigits.count(division.quotient) <= Self.maximumDigits else { return nil }
      division.step()
    }
    return Self.quotient(
      division.quotient, sticky: !division.isExact, isNegative: isNegative != divisor.isNegative,
      exponent: division.exponent, toPlace: place)
  }

  /// School division: one digit of the quotient at a step.
  private struct LongDivision {
    let divisor: UInt128
    var quotient: UInt128
    var remainder: UInt128
    var exponent: Int

    init(_ dividend: ExactDecimal, by divisor: ExactDecimal) {
      self.divisor = divisor.significand
      (quotient, remainder) = dividend.significand.quotientAndRemainder(dividingBy: divisor.significand)
      exponent = dividend.exponent - divisor.exponent
    }

    var isExact: Bool { remainder == 0 }

    /// Ten times a remainder below 10³⁴ fits; so does a quotient of up to 36 digits.
    mutating func step() {
      let (digit, rest) = (remainder * 10).quotientAndRemainder(dividingBy: divisor)
      quotient = quotient * 10 + digit
      remainder = rest
      exponent -= 1
    }
  }

  /// - Parameter sticky: whether the number is greater than written by something less than its last place.
  private static func quotient(
    _ significand: UInt128, sticky: Bool, isNegative: Bool, exponent: Int, significantDigits: Int
  ) -> ExactDecimal? {
    let excess = DecimalDigits.count(significand) - significantDigits
    guard excess > 0 else {
      return ExactDecimal(isNegative: isNegative, significand: significand, exponent: exponent)
    }
    var rounded = halfEven(significand, dropping: excess, sticky: sticky)
    var exponent = exponent + excess
    // 99.9… has become 100…
    if DecimalDigits.count(rounded) > significantDigits {
      rounded /= 10
      exponent += 1
    }
    return ExactDecimal(isNegative: isNegative, significand: rounded, exponent: exponent)
  }

  /// - Parameter sticky: whether the number is greater than written by something less than its last place.
  private static func quotient(
    _ significand: UInt128, sticky: Bool, isNegative: Bool, exponent: Int, toPlace place: Int
  ) -> ExactDecimal? {
    guard exponent <= place else {
      let zeros = exponent - place
      guard significand != 0 else { return ExactDecimal(isNegative: isNegative, significand: 0, exponent: place) }
      guard DecimalDigits.count(significand) + zeros <= maximumDigits else { return nil }
      let padded = significand * DecimalDigits.powersOfTen[zeros]
      return ExactDecimal(isNegative: isNegative, significand: padded, exponent: place)
    }
    let rounded = halfEven(significand, dropping: place - exponent, sticky: sticky)
    return ExactDecimal(isNegative: isNegative, significand: rounded, exponent: place)
  }

  /// Drops the last `count` digits.
  private static func halfEven(_ significand: UInt128, dropping count: Int, sticky: Bool) -> UInt128 {
    assert(count > 0 || !sticky, "half of nothing dropped cannot be known")
    guard count > 0 else { return significand }
    // All digits go and the first of them is followed by more: less than half.
    guard count <= DecimalDigits.count(significand) else { return 0 }
    let unit = DecimalDigits.powersOfTen[count]
    let (kept, dropped) = significand.quotientAndRemainder(dividingBy: unit)
    let half = unit / 2
    let roundsUp = dropped > half || (dropped == half && (sticky || kept % 2 == 1))
    return roundsUp ? kept + 1 : kept
  }
}
