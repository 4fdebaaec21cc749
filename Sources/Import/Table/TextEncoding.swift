/// How the bytes of a table stand for characters. In all three, ASCII is ASCII, so that delimiters, quotes and line ends are found
/// in the bytes and each cell is decoded by itself.
package enum TextEncoding: String, CaseIterable, Sendable {
  /// UTF-8 (RFC 3629), strictly: what is malformed is not repaired.
  case utf8 = "utf-8"
  /// ISO 8859-1: each byte is the character of that number.
  case latin1 = "latin-1"
  /// Windows code page 1252: ISO 8859-1 with letters and signs in place of most of the controls 80–9F.
  case windows1252 = "windows-1252"

  /// The text that `bytes` stand for; nil where they stand for none.
  func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    switch self {
    case .utf8:
      return String(validating: bytes, as: UTF8.self)
    case .latin1:
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .windows1252:
      var scalars = String.UnicodeScalarView()
      for byte in bytes {
        guard let scalar = Self.windows1252Scalar(byte) else { return nil }
        scalars.append(scalar)
      }
      return String(scalars)
    }
  }

  /// The encoding of a table whose mapping names none: UTF-8 if the bytes are well-formed UTF-8, else Windows-1252, which is
  /// what most files called Latin-1 are in (WHATWG Encoding Standard, section 4.2).
  static func detected(in bytes: [UInt8]) -> TextEncoding {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid: continue
      case .emptyInput: return .utf8
      case .error: return .windows1252
      }
    }
  }

  /// The character of a byte in code page 1252 as Unicode's mapping table CP1252.TXT has it; nil for the five bytes that it
  /// leaves undefined.
  private static func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard 0x80...0x9F ~= byte else { return Unicode.Scalar(byte) }
    return windows1252Block[Int(byte) - 0x80].flatMap { Unicode.Scalar($0) }
  }

  /// Characters of the bytes 80–9F.
  private static let windows1252Block: [UInt32?] = [
    0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, nil, 0x017D,
    nil,
    nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, nil, 0x017E,
    0x0178,
  ]
}
