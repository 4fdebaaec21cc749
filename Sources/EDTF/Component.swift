/// A year, month or day as written: its digits and what is said about their reliability.
public struct Component: Hashable, Sendable {
  /// The digits, perhaps with `X` among them.
  public let digits: DigitPattern
  /// What applies to this component, whether a qualifier stood before it, after it, or after a group it belongs to.
  public internal(set) var qualifier: Qualifier

  /// The number, with its sign, or nil when a digit is unspecified.
  public var value: Int? { digits.value }
}
