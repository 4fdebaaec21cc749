import JSON

/// JSON strings (RFC 8259 section 7): the protocol's way to write a value that holds blanks, quotes or commas.
enum QuotedString {
  /// Why bytes are not a JSON string, as a sentence, and at which byte.
  struct Flaw: Error, Equatable {
    let offset: Int
    let reason: String
  }

  /// Reads the string whose opening quote is at `index`, and moves `index` behind its closing quote.
  static func read(_ bytes: [UInt8], at index: inout Int, end: Int) throws(Flaw) -> String {
    let opening = index
    var hasEscapes = false
    index += 1
    while index < end, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\") {
        hasEscapes = true
        index += 1
      } else if bytes[index] < 0x20 {
        throw Flaw(offset: index, reason: "Control characters in strings must be escaped, as in \\t.")
      }
      index += 1
    }
    guard index < end else { throw Flaw(offset: opening, reason: "The string that begins here has no closing quote.") }
    index += 1
    if hasEscapes { return try unescape(bytes, in: opening..<index) }
    guard let text = String(validating: bytes[opening + 1..<index - 1], as: UTF8.self) else {
      throw Flaw(offset: opening, reason: "The text is not valid UTF-8.")
    }
    return text
  }

  /// The text of a string with escapes, which are rare: a parser is made for it alone.
  private static func unescape(_ bytes: [UInt8], in range: Range<Int>) throws(Flaw) -> String {
    do throws(JSONError) {
      guard let text = try JSONParser().parse(bytes, in: range).root.string else {
        preconditionFailure("what begins and ends with a quote is a string")
      }
      return text
    } catch {
      throw Flaw(offset: error.offset, reason: error.reason)
    }
  }
}
