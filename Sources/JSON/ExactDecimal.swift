/// A decimal number with the precision it was written in: (−1)^sign × significand × 10^exponent.
///
/// The format is that of IEEE 754-2019 decimal128 without infinities and NaNs, and without its silent rounding: an
/// operation that cannot be exact gives nil, and only those that say so round.
///
/// `107` and `107.0` are the same number written with different precision (two members of one *cohort*). `==` and
/// hashing tell them apart, because what was written is what comes back; `<` and the other comparisons look at the
/// number, so neither is less. For numeric equality there is ``isNumericallyEqual(to:)``.
package struct ExactDecimal: Hashable, Sendable {
  /// Most digits of a significand, the precision of decimal128.
  package static let maximumDigits = 34

  /// Exponents from −6144 to 6144, about the range of decimal128.
  package static let exponents = -6144...6144

  /// Zero, written `0`.
  package static let zero = ExactDecimal(0)

  /// Whether a minus sign stands before the number; also before a zero.
  package let isNegative: Bool
  private let storedExponent: Int16
  /// The digits as an integer, below 10³⁴.
  package let significand: UInt128

  /// The power of ten that the last digit of the significand counts.
  package var exponent: Int { Int(storedExponent) }

  /// A number from its parts; nil where it would need more than ``maximumDigits`` digits or an exponent outside
  /// ``exponents``.
  package init?(isNegative: Bool = false, significand: UInt128, exponent: Int) {
    guard significand < DecimalDigits.powersOfTen[Self.maximumDigits], Self.exponents ~= exponent else { return nil }
    self.isNegative = isNegative
    self.significand = significand
    storedExponent = Int16(exponent)
  }

  /// An integer, with exponent 0.
  package init(_ value: Int64) {
    isNegative = value < 0
    significand = UInt128(value.magnitude)
    storedExponent = 0
  }

  private init(isNegative: Bool, checked significand: UInt128, exponent: Int16) {
    self.isNegative = isNegative
    self.significand = significand
    storedExponent = exponent
  }

  /// Whether the number is zero, of either sign and any precision.
  package var isZero: Bool { significand == 0 }

  /// Digits of the significand; 1 for zero.
  package var digitCount: Int { DecimalDigits.count(significand) }

  /// The value that one more in the last place written adds: 10^exponent. For `12.50` it is `0.01`.
  package var unitInLastPlace: ExactDecimal {
    ExactDecimal(isNegative: false, checked: 1, exponent: storedExponent)
  }

  /// The number without its sign.
  package var magnitude: ExactDecimal {
    ExactDecimal(isNegative: false, checked: significand, exponent: storedExponent)
  }

  /// The number with the other sign, in the same precision.
  package static prefix func - (number: ExactDecimal) -> ExactDecimal {
    ExactDecimal(isNegative: !number.isNegative, checked: number.significand, exponent: number.storedExponent)
  }

  /// Whether both are the same number, in whatever precision: `1.0` and `1.00`, `0` and `-0`.
  package func isNumericallyEqual(to other: ExactDecimal) -> Bool {
    signum == other.signum && compareMagnitude(with: other) == 0
  }

  private var signum: Int { isZero ? 0 : isNegative ? -1 : 1 }

  /// Below, at or above zero as this magnitude is less than, equal to or greater than the other.
  private func compareMagnitude(with other: ExactDecimal) -> Int {
    guard !isZero, !other.isZero else { return isZero ? (other.isZero ? 0 : -1) : 1 }
    let (digits, otherDigits) = (digitCount, other.digitCount)
    let (top, otherTop) = (exponent + digits, other.exponent + otherDigits)
    guard top == otherTop else { return top < otherTop ? -1 : 1 }
    // With the first digits in the same place, zeros after the shorter one make the lengths equal.
    let mine = significand * DecimalDigits.powersOfTen[max(0, otherDigits - digits)]
    let others = other.significand * DecimalDigits.powersOfTen[max(0, digits - otherDigits)]
    return mine < others ? -1 : mine > others ? 1 : 0
  }
}

extension ExactDecimal: Comparable {
  /// Whether the left number is less, whatever the precision either is written in.
  ///
  /// `<=` and `>=` follow from it and are numeric too; only `==` is not.
  package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    guard left.signum == right.signum else { return left.signum < right.signum }
    let order = left.compareMagnitude(with: right)
    return left.signum < 0 ? order > 0 : order < 0
  }
}
