import Digests

/// Base 64 as RFC 4648, section 4, has it, in its one canonical form: padding is there, and bits that carry nothing are
/// zero.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")
  /// Each character's value; 255 for those that have none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  /// The bytes as text.
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that a text stands for; nil where it is not what ``encode(_:)`` gives.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 4) else { return nil }
    let padded = characters.suffix(2).count { $0 == padding }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 4 * 3)
    var bits: UInt32 = 0
    for (place, character) in characters.dropLast(padded).enumerated() {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      if place % 4 == 3 {
        bytes.append(contentsOf: [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)])
        bits = 0
      }
    }
    switch padded {
    case 0: return bytes
    case 1: return bits & 3 == 0 ? bytes + [UInt8(bits >> 10 & 255), UInt8(bits >> 2 & 255)] : nil
    default: return bits & 15 == 0 ? bytes + [UInt8(bits >> 4 & 255)] : nil
    }
  }
}

extension Digest256 {
  /// The digest that 32 bytes in base 64 are; nil for any other text.
  package init?(base64 text: some StringProtocol) {
    guard let bytes = Base64.decode(text), bytes.count == Self.byteCount else { return nil }
    self.init(reading: bytes.span.bytes)
  }
}
