/// Years with `Y`, `E` and `S`.
extension Parser {
  /// Takes what follows `Y`.
  mutating func prefixedYear(qualifier prefix: Qualifier) throws(EDTFError) -> EDTF {
    let start = index
    let isNegative = take("-")
    let digits = try wholeNumber("a year")
    let exponent = take("E") ? try wholeNumber("a power of ten") : 0
    guard let digits, let exponent, let value = ScaledYear.scale(digits, by: exponent) else {
      throw EDTFError(.yearOutOfRange, at: start, "years lie within ±\(EDTF.Limits.year)")
    }
    guard value > 9999 else {
      let plain = CalendarDate(year: Component(digits: DigitPattern(value, count: 4), qualifier: []))
      throw EDTFError(
        .wrongYearForm, at: start,
        "Y is for years of more than four digits; write \(isNegative ? "-" : "")\(plain.year.digits)")
    }
    return try scaledYear(
      isPrefixed: true, mantissa: isNegative ? -digits : digits, exponent: exponent == 0 ? nil : exponent,
      qualifier: prefix)
  }

  /// Takes what follows a year of four digits in `1950S2`.
  mutating func significantYear(_ date: CalendarDate) throws(EDTFError) -> EDTF {
    guard let value = date.year.value, date.month == nil, previous.flatMap(Qualifier.init(byte:)) == nil else {
      throw EDTFError(
        .notAllowedHere, at: index, "S and significant digits follow the digits of a year; qualify after them: 1950S2~")
    }
    return try scaledYear(isPrefixed: false, mantissa: value, exponent: nil, qualifier: date.year.qualifier)
  }

  /// Takes significant digits and a qualifier, each if there is one, and the end of the text.
  private mutating func scaledYear(
    isPrefixed: Bool, mantissa: Int, exponent: Int?, qualifier prefix: Qualifier
  ) throws(EDTFError) -> EDTF {
    var significantDigits: Int?
    if take("S") {
      let start = index
      significantDigits = try wholeNumber("how many digits are significant")
      guard let significantDigits, significantDigits <= EDTF.Limits.significantDigits else {
        throw EDTFError(
          .badSignificance, at: start, "at most \(EDTF.Limits.significantDigits) digits can be significant")
      }
    }
    let suffix = try qualifier() ?? []
    try endOfText(after: "a year with Y or S")
    let year = ScaledYear(
      isPrefixed: isPrefixed, mantissa: mantissa, exponent: exponent, significantDigits: significantDigits,
      qualifier: prefix.union(suffix))
    let first = Day(validYear: year.years.lowerBound, month: 1, day: 1)
    let last = Day(validYear: year.years.upperBound, month: 12, day: 31)
    return EDTF(form: .scaledYear(year), bounds: Bounds(earliest: .day(first), latest: .day(last)))
  }
}
