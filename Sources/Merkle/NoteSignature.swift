/// A line of a signed note: who signed, with which key, and the signature.
package struct NoteSignature: Hashable, Sendable {
  /// Every signature line begins with an em dash.
  private static let mark = "\u{2014}"

  package let name: String
  /// The key's number.
  package let id: UInt32
  /// The signature; what its bytes mean depends on the key's kind.
  package let signature: [UInt8]

  init(name: String, id: UInt32, signature: [UInt8]) {
    self.name = name
    self.id = id
    self.signature = signature
  }

  /// Reads a line without its line feed.
  init(parsing line: Substring) throws(NoteError) {
    // By scalars: as characters, a blank and what stands beside it may be one.
    let parts = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count == 3, parts[0] == Self.mark, KeyName.isPossible(parts[1]), let bytes = Base64.decode(parts[2]),
      bytes.count > 4
    else { throw .malformed("a signature is an em dash, a name and base64, with a blank between") }
    name = parts[1]
    id = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    signature = Array(bytes.dropFirst(4))
  }

  /// Whether it names a key, by its name, byte for byte, and its number.
  package func names(_ key: VerifierKey) -> Bool {
    id == key.id && name.utf8.elementsEqual(key.name.utf8)
  }

  /// The line with its line feed.
  var line: String {
    let number = (0..<4).map { UInt8(truncatingIfNeeded: id >> UInt32(24 - 8 * $0)) }
    return "\(Self.mark) \(name) \(Base64.encode(number + signature))\n"
  }
}
