/// A year written in a way four digits cannot: `Y170000002`, `Y-17E7`, `1950S2`, `Y3388E2S3` (EDTF level 1
/// "Letter-prefixed calendar year", level 2 "Exponential year" and "Significant digits").
public struct ScaledYear: Hashable, Sendable {
  /// Whether the year is written after a `Y`; else it has four digits, as in `1950S2`.
  public let isPrefixed: Bool
  /// The number in front of `E`, or the year itself.
  public let mantissa: Int
  /// The power of ten after `E`, if there is one; 1 or more.
  public let exponent: Int?
  /// How many of the digits from the first that is not 0 are significant, if the writer says so; 1 or more.
  public let significantDigits: Int?
  /// What is said of the reliability of the year.
  public let qualifier: Qualifier

  /// The year, estimated if only some of its digits are significant.
  public var value: Int { ScaledYear.scale(mantissa, by: exponent ?? 0) ?? 0 }

  /// `number` times ten to the power of `exponent`, or nil beyond `EDTF.Limits.year`.
  static func scale(_ number: Int, by exponent: Int) -> Int? {
    var result = number
    for _ in 0..<exponent {
      guard result.magnitude <= EDTF.Limits.year / 10 else { return nil }
      result *= 10
    }
    return result.magnitude <= EDTF.Limits.year ? result : nil
  }

  /// How many years share the significant digits: a power of ten.
  private var unit: Int {
    guard let significantDigits else { return 1 }
    let magnitude = abs(value)
    var digits = 1
    var power = 10
    while magnitude >= power {
      power *= 10
      digits += 1
    }
    var unit = 1
    for _ in 0..<max(0, digits - significantDigits) { unit *= 10 }
    return unit
  }

  /// The first and last year that share the sign and the significant digits.
  public var years: ClosedRange<Int> {
    let lowest = abs(value) / unit * unit
    let highest = lowest + unit - 1
    return value < 0 ? -highest ... -lowest : lowest...highest
  }

  /// A year, or as much coarser as digits are not significant.
  public var precision: Precision {
    switch unit {
    case 1: .year
    case 10: .decade
    case 100: .century
    case 1000: .millennium
    default: .vague
    }
  }

  /// The least EDTF level that allows it.
  var level: Int { exponent == nil && significantDigits == nil ? 1 : 2 }

  /// Appends the canonical form: as written, with the qualifier at the end.
  func write(to text: inout [UInt8]) {
    if isPrefixed { text.append(UInt8(ascii: "Y")) }
    if mantissa < 0 { text.append(UInt8(ascii: "-")) }
    text.appendDecimal(abs(mantissa), width: isPrefixed ? 1 : 4)
    if let exponent {
      text.append(UInt8(ascii: "E"))
      text.appendDecimal(exponent, width: 1)
    }
    if let significantDigits {
      text.append(UInt8(ascii: "S"))
      text.appendDecimal(significantDigits, width: 1)
    }
    qualifier.write(to: &text)
  }
}
