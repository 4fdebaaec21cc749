/// Reads an expression from left to right; each method takes what it is named after and moves on.
///
/// All of EDTF is ASCII, so up to the first error a byte is a character and an index is an offset of an error.
struct Parser {
  private let bytes: [UInt8]
  private(set) var index = 0

  init(_ text: String) throws(EDTFError) {
    let count = text.utf8.count
    guard count > 0 else {
      throw EDTFError(.empty, at: 0, "there is no date; write one such as 2026, 2026-02 or 2026-02-04")
    }
    guard count <= EDTF.Limits.textBytes else {
      throw EDTFError(
        .tooLong, at: 0, "the expression has \(count) bytes; at most \(EDTF.Limits.textBytes) are allowed")
    }
    bytes = Array(text.utf8)
  }

  /// The whole text.
  mutating func expression() throws(EDTFError) -> EDTF {
    if next == UInt8(ascii: "[") || next == UInt8(ascii: "{") { return try set() }
    if bytes.contains(UInt8(ascii: "/")) { return try interval() }
    return try single()
  }

  /// An expression that is no set and no interval.
  private mutating func single() throws(EDTFError) -> EDTF {
    let start = index
    let prefix = try qualifier()
    if take("Y") { return try prefixedYear(qualifier: prefix ?? []) }
    index = start
    let (date, extent) = try calendarDate()
    if take("T") { return try dateTime(on: date, extent) }
    if next == UInt8(ascii: "S") { return try significantYear(date) }
    try endOfText(after: "a date")
    let bounds = Bounds(earliest: .day(extent.first), latest: .day(extent.last))
    return EDTF(form: EDTF.Form(date), bounds: bounds)
  }
}

// MARK: - Characters

extension Parser {
  /// The byte that comes next, nil at the end.
  var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The byte before the next one, nil at the beginning.
  var previous: UInt8? { index > 0 ? bytes[index - 1] : nil }

  /// Takes a character if it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  /// Takes `..` if it comes next.
  mutating func takeDots() -> Bool {
    guard bytes[index...].starts(with: "..".utf8) else { return false }
    index += 2
    return true
  }

  /// Takes `?`, `~` or `%` if one comes next; two together are an error.
  mutating func qualifier() throws(EDTFError) -> Qualifier? {
    guard let qualifier = next.flatMap(Qualifier.init(byte:)) else { return nil }
    index += 1
    if next.flatMap(Qualifier.init(byte:)) != nil {
      throw EDTFError(.doubleQualifier, at: index, "one qualifier is enough; uncertain and approximate at once is %")
    }
    return qualifier
  }

  /// The value of the digit that comes next, without taking it.
  var digit: UInt8? {
    guard let next, next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") else { return nil }
    return next - UInt8(ascii: "0")
  }

  /// Takes a number of exactly two digits.
  mutating func twoDigits(_ what: String) throws(EDTFError) -> Int {
    var number = 0
    for _ in 0..<2 {
      guard let digit else { throw unexpected(instead: "two digits of \(what)") }
      number = number * 10 + Int(digit)
      index += 1
    }
    return number
  }

  /// Takes `count` digits, each of which may be `X`.
  mutating func pattern(_ what: String, count: Int, isNegative: Bool) throws(EDTFError) -> DigitPattern {
    var pattern = DigitPattern(count: count, isNegative: isNegative)
    for _ in 0..<count {
      guard digit != nil || next == UInt8(ascii: "X") else { throw unexpected(instead: what) }
      pattern.append(digit)
      index += 1
    }
    return pattern
  }

  /// Takes a whole number from 1 on, without zeros in front.
  /// - Returns: the number, or nil if it has more digits than any number here needs.
  mutating func wholeNumber(_ what: String) throws(EDTFError) -> Int? {
    guard let first = digit, first > 0 else { throw unexpected(instead: "\(what), a number from 1 on") }
    let start = index
    var number = 0
    while let digit {
      if index - start < 16 { number = number * 10 + Int(digit) }
      index += 1
    }
    return index - start <= 16 ? number : nil
  }

  /// Checks that nothing is left.
  func endOfText(after what: String) throws(EDTFError) {
    if next != nil { throw unexpected(instead: "nothing more after \(what)") }
  }

  /// The error that something else was expected here.
  func unexpected(instead expected: String) -> EDTFError {
    let found =
      switch next {
      case nil: "the end of the text"
      case UInt8(ascii: " "): "a space"
      case let byte? where byte > 0x20 && byte < 0x7F: "‘\(Unicode.Scalar(byte))’"
      default: "a character EDTF does not have"
      }
    return EDTFError(.unexpectedCharacter, at: index, "expected \(expected), found \(found)")
  }
}
