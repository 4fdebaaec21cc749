/// Strings as JSON writes them (RFC 8259 section 7): only quotes, backslashes and control characters are escaped, each
/// in the shortest form there is.
enum JSONEscaping {
  /// Appends `text` in quotes.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    // Native strings are contiguous, so this copies nothing on Linux.
    var text = text
    text.withUTF8 { append($0, to: &bytes) }
  }

  /// Appends valid UTF-8 in quotes: whole runs at once as far as nothing needs an escape.
  static func append(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var written = 0
    for (position, byte) in utf8.enumerated() where needsEscape(byte) {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written..<position]))
      appendEscape(of: byte, to: &bytes)
      written = position + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written...]))
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 0xF))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
