/// Why a text is no EDTF expression.
public struct EDTFError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Kind: String, Hashable, Sendable {
    /// There is no text.
    case empty
    /// The text or its canonical form is longer than `EDTF.Limits.textBytes`.
    case tooLong
    /// Another character, or the end of the text, was expected.
    case unexpectedCharacter
    /// A year has more than four digits and no `Y`, or a `Y` and no more than four digits.
    case wrongYearForm
    /// The year is further away than `EDTF.Limits.year`.
    case yearOutOfRange
    /// Year `-0000`: year 0 has no sign.
    case negativeZero
    /// No month and no part of a year has this code.
    case noSuchMonth
    /// The month, or every month that matches, has no such day.
    case noSuchDay
    /// Hour, minute or second does not exist.
    case noSuchTime
    /// The offset from UTC does not exist.
    case noSuchOffset
    /// Two qualifiers stand together.
    case doubleQualifier
    /// The number of significant digits is none or too many.
    case badSignificance
    /// Something that may only stand alone is part of an interval or a set.
    case notAllowedHere
    /// An interval or a range begins after it ends.
    case reversed
    /// An interval without any end that says something.
    case nothingKnown
    /// The two dates of a range in a set are not written equally finely.
    case mixedPrecision
  }

  /// What is wrong, for programs.
  public let kind: Kind
  /// Where: the number of Unicode scalars before the place in the text.
  public let offset: Int
  /// What is wrong and what to write instead, for people; a sentence without its capital and full stop.
  public let advice: String

  init(_ kind: Kind, at offset: Int, _ advice: String) {
    self.kind = kind
    self.offset = offset
    self.advice = advice
  }

  /// The advice and the place.
  public var description: String { "\(advice) (at character \(offset))" }
}
