extension ExactDecimal: LosslessStringConvertible {
  /// Most zeros that are written between the point and the first other digit; smaller numbers get an exponent.
  package static let mostLeadingZeros = 6

  /// Reads a number in the grammar of JSON (RFC 8259 section 6) exactly; nil for anything else, and beyond the limits.
  ///
  /// Trailing zeros count: `12.50` has the significand 1250 and the exponent −2.
  package init?(_ text: String) {
    var text = text
    guard let number = text.withUTF8({ ExactDecimal(parsing: $0.span) }) else { return nil }
    self = number
  }

  /// Reads a number in the grammar of JSON (RFC 8259 section 6) exactly; nil for anything else, and beyond the limits.
  package init?(parsing text: Span<UInt8>) {
    var scanner = Scanner()
    let isNegative = scanner.skip(UInt8(ascii: "-"), in: text)
    let integerStart = scanner.position
    guard let integerDigits = scanner.digits(in: text), integerDigits == 1 || text[integerStart] != UInt8(ascii: "0")
    else {
      return nil
    }
    var fractionDigits = 0
    if scanner.skip(UInt8(ascii: "."), in: text) {
      guard let count = scanner.digits(in: text) else { return nil }
      fractionDigits = count
    }
    guard let exponent = scanner.exponent(in: text), scanner.position == text.count else { return nil }
    self.init(isNegative: isNegative, significand: scanner.significand, exponent: exponent - fractionDigits)
  }

  private struct Scanner {
    var position = 0
    var significand: UInt128 = 0

    mutating func skip(_ byte: UInt8, in text: Span<UInt8>) -> Bool {
      guard position < text.count, text[position] == byte else { return false }
      position += 1
      return true
    }

    /// Reads digits onto the significand and gives their number; nil for none or too many.
    mutating func digits(in text: Span<UInt8>) -> Int? {
      let start = position
      while position < text.count, case let digit = text[position] &- UInt8(ascii: "0"), digit < 10 {
        guard significand < DecimalDigits.powersOfTen[ExactDecimal.maximumDigits - 1] else { return nil }
        significand = significand * 10 + UInt128(digit)
        position += 1
      }
      return position > start ? position - start : nil
    }

    /// Reads an exponent; 0 where there is none, nil for a malformed one. What is out of range stays out of range.
    mutating func exponent(in text: Span<UInt8>) -> Int? {
      guard skip(UInt8(ascii: "e"), in: text) || skip(UInt8(ascii: "E"), in: text) else { return 0 }
      let isNegative = skip(UInt8(ascii: "-"), in: text)
      if !isNegative { _ = skip(UInt8(ascii: "+"), in: text) }
      let start = position
      var exponent = 0
      while position < text.count, case let digit = text[position] &- UInt8(ascii: "0"), digit < 10 {
        exponent = min(exponent * 10 + Int(digit), Self.beyondAnyExponent)
        position += 1
      }
      guard position > start else { return nil }
      return isNegative ? -exponent : exponent
    }

    /// Further from the limits than the digits of a fraction can move an exponent.
    static let beyondAnyExponent = 1 << 40
  }

  /// The number as JSON, which reads back to the same significand and exponent.
  ///
  /// Plain digits for exponent 0; a decimal point for negative exponents (`0.0050`), unless it would need more than
  /// ``mostLeadingZeros`` zeros (`5e-20`); an exponent after all digits for positive ones (`107e9`).
  package var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the number as JSON, as ``description`` writes it.
  package func append(to bytes: inout [UInt8]) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    let digitsBeforePoint = digitCount + exponent
    if exponent > 0 || digitsBeforePoint < -Self.mostLeadingZeros {
      DecimalDigits.append(significand, to: &bytes)
      bytes.append(UInt8(ascii: "e"))
      if exponent < 0 { bytes.append(UInt8(ascii: "-")) }
      DecimalDigits.append(UInt64(exponent.magnitude), to: &bytes)
    } else if digitsBeforePoint <= 0 {
      bytes.append(UInt8(ascii: "0"))
      bytes.append(UInt8(ascii: "."))
      for _ in 0..<(-digitsBeforePoint) { bytes.append(UInt8(ascii: "0")) }
      DecimalDigits.append(significand, to: &bytes)
    } else {
      DecimalDigits.append(significand, to: &bytes)
      if exponent < 0 { bytes.insert(UInt8(ascii: "."), at: bytes.count + exponent) }
    }
  }
}
