import Digests

/// Names and numbers of keys (C2SP signed-note, "Signatures").
enum KeyName {
  /// Bytes of a name at the most: the origins of tiled logs are URLs.
  static let mostBytes = 1_024

  /// Checks that a name can be one of ours: not empty, not long, and without blanks, plus signs or control characters.
  static func check(_ name: some StringProtocol) throws(NoteError) {
    guard !name.isEmpty, name.utf8.count <= mostBytes else {
      throw .malformed("the name of a key has 1 to \(mostBytes) bytes")
    }
    guard isPossible(name), name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw .malformed("the name of a key has no blanks, plus signs or control characters")
    }
  }

  /// Whether a name can stand in a signature line: that of a key of others may have any length and letters.
  static func isPossible(_ name: some StringProtocol) -> Bool {
    !name.isEmpty && name.unicodeScalars.allSatisfy { $0 != "+" && !$0.properties.isWhitespace }
  }

  /// The key's number: the first four bytes of SHA-256 over its name, a line feed, its type and the public key.
  static func id(_ name: String, type: UInt8, key: [UInt8]) -> UInt32 {
    let input = Array(name.utf8) + [0x0A, type] + key
    return Digest256.sha256(of: input.span.bytes).bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The number in eight hexadecimal digits.
  static func text(_ id: UInt32) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Takes `name+id+base64` apart.
  static func parts(of text: some StringProtocol) throws(NoteError) -> (name: String, id: UInt32, key: [UInt8]) {
    // By scalars: as characters, a plus sign and what stands beside it may be one. The base 64 may hold plus signs.
    let parts = String(text).unicodeScalars.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map {
      String($0)
    }
    guard parts.count == 3, parts[1].utf8.count == 8, let id = UInt32(parts[1], radix: 16),
      self.text(id) == parts[1], let key = Base64.decode(parts[2])
    else { throw .malformed("a key is written name+8 hexadecimal digits+base64") }
    try check(parts[0])
    return (parts[0], id, key)
  }
}
