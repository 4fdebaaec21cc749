/// What tells one log from any other: 16 random bytes, made once and written into every segment and frame.
package struct LogID: Hashable, Sendable {
  /// Length in bytes.
  static let byteCount = 16

  let word0: UInt64
  let word1: UInt64

  /// A new one, from the system's random numbers.
  static func random() -> LogID {
    var generator = SystemRandomNumberGenerator()
    return LogID(word0: generator.next(), word1: generator.next())
  }
}

extension LogID {
  init(reading bytes: RawSpan, at offset: Int) {
    word0 = bytes.integer(at: offset, as: UInt64.self)
    word1 = bytes.integer(at: offset + 8, as: UInt64.self)
  }

  func append(to buffer: inout [UInt8]) {
    buffer.append(integer: word0)
    buffer.append(integer: word1)
  }
}

extension LogID: CustomStringConvertible {
  /// The 16 bytes in lower-case hexadecimal, 32 characters.
  package var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension LogID {
  /// Reads what ``description`` writes; nil for anything else.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 2 * Self.byteCount else { return nil }
    let bytes = stride(from: 0, to: text.utf8.count, by: 2).compactMap { index in
      UInt8(text.dropFirst(index).prefix(2), radix: 16)
    }
    guard bytes.count == Self.byteCount else { return nil }
    self.init(reading: bytes.span.bytes, at: 0)
    guard description == text else { return nil }
  }
}
