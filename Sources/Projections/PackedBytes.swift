/// Writes numbers and byte strings one after the other: LEB128 for numbers, length and bytes for strings.
struct PackedWriter {
  private(set) var bytes: [UInt8] = []

  mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func string(_ string: [UInt8]) {
    number(UInt64(string.count))
    bytes.append(contentsOf: string)
  }

  mutating func text(_ text: String) {
    number(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// Reads what ``PackedWriter`` wrote; nil where the bytes end too early.
struct PackedReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether everything has been read.
  var isAtEnd: Bool { offset == bytes.count }

  mutating func number() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 64 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    return nil
  }

  mutating func string() -> [UInt8]? {
    stretch().map { Array(bytes[$0]) }
  }

  mutating func text() -> String? {
    stretch().map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// So many texts; nil where there are fewer.
  mutating func texts(_ count: UInt64) -> [String]? {
    guard count <= UInt64(bytes.count - offset) else { return nil }
    var texts: [String] = []
    for _ in 0..<count {
      guard let text = text() else { return nil }
      texts.append(text)
    }
    return texts
  }

  /// Where the next string lies.
  private mutating func stretch() -> Range<Int>? {
    guard let count = number(), count <= UInt64(bytes.count - offset) else { return nil }
    defer { offset += Int(count) }
    return offset..<offset + Int(count)
  }
}
