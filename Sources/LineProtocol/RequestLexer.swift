/// Splits a request line into its parts (schema/line-protocol.md, "Requests").
struct RequestLexer {
  enum Part: Equatable {
    case word(String)
    case argument(Argument)
    /// From its first bracket to the end of the line, without trailing blanks: the range in the line's bytes.
    case body(Range<Int>)
  }

  private let bytes: [UInt8]
  private let start: Int
  private let end: Int
  private var index: Int

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    start = range.lowerBound
    index = range.lowerBound
    end = range.upperBound
  }

  /// The first word of the line as a range: empty where the line is blank.
  mutating func readVerb() -> Range<Int> {
    skipBlanks()
    return readWord()
  }

  /// The next part, or nil at the end of the line.
  mutating func next() throws(ProtocolError) -> Part? {
    skipBlanks()
    guard index < end else { return nil }
    if Self.opensBody(bytes[index]) { return .body(readBody()) }
    let first = index
    while index < end, Self.isNameByte(bytes[index]) { index += 1 }
    guard index < end, bytes[index] == UInt8(ascii: "=") else {
      index = first
      let word = readWord()
      guard bytes[word].allSatisfy(Self.isWordByte) else {
        throw flaw(
          at: first, "This is neither a word nor name=value with a name of letters, digits, '-', '_' and '.' only.")
      }
      return .word(try text(of: word))
    }
    guard first < index else { throw flaw(at: first, "A name is wanted before '='.") }
    let name = String(decoding: bytes[first..<index], as: UTF8.self)
    index += 1
    return .argument(Argument(name: name, values: try readValues(of: name)))
  }

  /// `bytes[range]` as text.
  func text(of range: Range<Int>) throws(ProtocolError) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw flaw(at: range.lowerBound, "The text is not valid UTF-8.")
    }
    return text
  }

  static func opensBody(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

  static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// Whether `byte` may stand in a value without quotes.
  static func isBareByte(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ",")
  }

  /// Whether `byte` may stand in a bare word, which is no argument.
  static func isWordByte(_ byte: UInt8) -> Bool { isBareByte(byte) && byte != UInt8(ascii: "=") }

  /// Whether `byte` may stand in the name of an argument.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func skipBlanks() {
    while index < end, Self.isBlank(bytes[index]) { index += 1 }
  }

  private mutating func readWord() -> Range<Int> {
    let first = index
    while index < end, !Self.isBlank(bytes[index]) { index += 1 }
    return first..<index
  }

  private mutating func readBody() -> Range<Int> {
    var last = end
    while Self.isBlank(bytes[last - 1]) { last -= 1 }
    defer { index = end }
    return index..<last
  }

  private mutating func readValues(of name: String) throws(ProtocolError) -> [String] {
    var values: [String] = []
    while true {
      guard values.count < LineLimits.mostListItems else {
        throw flaw(
          at: index, "The argument '\(ProtocolError.echo(name))' lists more than \(LineLimits.mostListItems) values.")
      }
      values.append(try readValue(of: name))
      guard index < end, bytes[index] == UInt8(ascii: ",") else { break }
      index += 1
    }
    guard index == end || Self.isBlank(bytes[index]) else {
      throw flaw(
        at: index,
        "The value of '\(ProtocolError.echo(name))' is followed by neither a blank nor a comma; write a value with "
          + "quotes in it as one JSON string.")
    }
    return values
  }

  private mutating func readValue(of name: String) throws(ProtocolError) -> String {
    if index < end, bytes[index] == UInt8(ascii: "\"") {
      do throws(QuotedString.Flaw) {
        return try QuotedString.read(bytes, at: &index, end: end)
      } catch {
        throw flaw(at: error.offset, error.reason)
      }
    }
    let first = index
    while index < end, Self.isBareByte(bytes[index]) { index += 1 }
    guard first < index else {
      throw flaw(at: first, "The argument '\(ProtocolError.echo(name))' lacks a value; an empty one is written \"\".")
    }
    return try text(of: first..<index)
  }

  private func flaw(at index: Int, _ sentence: String) -> ProtocolError {
    ProtocolError(.badRequest, "At byte \(index - start) of the line: \(sentence)")
  }
}
