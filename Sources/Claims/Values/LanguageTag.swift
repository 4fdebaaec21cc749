import JSON

/// Language tags of BCP 47 (RFC 5646), checked for their shape: subtags of one to eight letters and digits, the first
/// one of two to eight letters.
package enum LanguageTag {
  /// The string `value`, if it has the shape of a language tag.
  package static func checked(_ value: JSONValue) throws(EventError) -> String {
    try checked(value.text(), at: value)
  }

  /// `text`, if it has the shape of a language tag; an error points at `place`.
  package static func checked(_ text: String, at place: JSONValue) throws(EventError) -> String {
    let subtags = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let wellFormed =
      subtags.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy { isLetter($0) || isDigit($0) } }
      && (2...8).contains(subtags[0].count) && subtags[0].allSatisfy(isLetter)
    guard wellFormed else {
      throw EventError("\"\(text)\" is not a language tag of BCP 47 such as \"ar\" or \"zh-Hans\"", at: place)
    }
    return text
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
