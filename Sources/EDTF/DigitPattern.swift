/// The digits of a year, month or day as written, each of which may be `X`, "unspecified" (EDTF levels
/// 1 and 2).
public struct DigitPattern: Hashable, Sendable, CustomStringConvertible {
  /// Four bits a digit, the last digit in the lowest bits; `unspecifiedDigit` for an `X`.
  private var nibbles: UInt16
  /// How many digits, 2 or 4.
  private let count: UInt8
  /// Whether a minus stands in front; only years have one.
  public let isNegative: Bool

  private static let unspecifiedDigit: UInt16 = 0xF

  /// A number written out in full.
  /// - Parameters:
  ///   - value: its absolute value has at most `count` digits.
  ///   - count: 2 or 4.
  init(_ value: Int, count: Int) {
    self.init(count: count, isNegative: value < 0)
    var rest = abs(value)
    for place in 0..<count {
      nibbles |= UInt16(rest % 10) << UInt16(4 * place)
      rest /= 10
    }
    precondition(rest == 0, "more digits than places")
  }

  /// A pattern to which digits will be appended.
  init(count: Int, isNegative: Bool) {
    precondition(count == 2 || count == 4, "components have two or four digits")
    self.nibbles = 0
    self.count = UInt8(count)
    self.isNegative = isNegative
  }

  /// Appends a digit, 0–9, or `X` when nil.
  mutating func append(_ digit: UInt8?) {
    nibbles = nibbles << 4 | (digit.map(UInt16.init) ?? DigitPattern.unspecifiedDigit)
  }

  /// The digit at an index counted from the left, nil for `X`.
  private func digit(_ index: Int) -> Int? {
    let nibble = nibbles >> UInt16(4 * (Int(count) - 1 - index)) & 0xF
    return nibble == DigitPattern.unspecifiedDigit ? nil : Int(nibble)
  }

  /// The number, with its sign, or nil when a digit is unspecified.
  public var value: Int? {
    firstUnspecified == nil ? (isNegative ? -smallest : smallest) : nil
  }

  /// The index of the first `X` from the left, nil when there is none.
  public var firstUnspecified: Int? {
    for index in 0..<Int(count) where digit(index) == nil { return index }
    return nil
  }

  /// How many digits are `X`.
  public var unspecifiedCount: Int {
    (0..<Int(count)).count { digit($0) == nil }
  }

  /// The smallest absolute value that matches: every `X` a 0.
  var smallest: Int { absoluteValue(unspecified: 0) }
  /// The largest absolute value that matches: every `X` a 9.
  var largest: Int { absoluteValue(unspecified: 9) }

  private func absoluteValue(unspecified: Int) -> Int {
    var result = 0
    for index in 0..<Int(count) { result = result * 10 + (digit(index) ?? unspecified) }
    return result
  }

  /// Whether a number, sign included, is one the pattern can stand for. There is no year `-0000`.
  func matches(_ number: Int) -> Bool {
    if isNegative ? number >= 0 : number < 0 { return false }
    var rest = abs(number)
    for index in stride(from: Int(count) - 1, through: 0, by: -1) {
      if let digit = digit(index), digit != rest % 10 { return false }
      rest /= 10
    }
    return rest == 0
  }

  /// The digits as written, with the minus.
  public var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the description.
  func write(to text: inout [UInt8]) {
    if isNegative { text.append(UInt8(ascii: "-")) }
    for index in 0..<Int(count) {
      text.append(digit(index).map { UInt8(ascii: "0") + UInt8($0) } ?? UInt8(ascii: "X"))
    }
  }
}
