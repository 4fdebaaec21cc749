/// The UTF-8 bytes of a JSON string whose escapes (RFC 8259 section 7) the parser has found to be valid.
struct UnescapedBytes: Sequence, IteratorProtocol {
  private let raw: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// Bytes of the last escape that are still to come, the next in the lowest place.
  private var pending: UInt32 = 0

  /// - Parameter raw: the bytes between the quotes, to be valid as long as this is used.
  init(_ raw: UnsafeBufferPointer<UInt8>) {
    self.raw = raw
  }

  var underestimatedCount: Int { (raw.count - position) / 6 }

  mutating func next() -> UInt8? {
    if pending != 0 {
      defer { pending >>= 8 }
      return UInt8(truncatingIfNeeded: pending)
    }
    guard position < raw.count else { return nil }
    let byte = raw[position]
    guard byte == UInt8(ascii: "\\") else {
      position += 1
      return byte
    }
    let letter = raw[position + 1]
    position += 2
    return letter == UInt8(ascii: "u") ? scalar() : Self.character(letter)
  }

  /// Reads the digits of a `\u` escape, and of the second one of a pair, and gives the first byte of the scalar.
  private mutating func scalar() -> UInt8 {
    var value = unit()
    if value & 0xFC00 == 0xD800 {
      position += 2
      value = 0x10000 + (value & 0x3FF) << 10 + unit() & 0x3FF
    }
    guard let scalar = Unicode.Scalar(value) else { preconditionFailure("the parser lets no lone surrogate pass") }
    let utf8 = scalar.utf8
    for (place, byte) in utf8.dropFirst().enumerated() { pending |= UInt32(byte) << (8 * place) }
    return utf8[0]
  }

  private mutating func unit() -> UInt32 {
    defer { position += 4 }
    return raw[position..<(position + 4)].reduce(0) { $0 << 4 | Self.digit($1) }
  }

  private static func digit(_ byte: UInt8) -> UInt32 {
    byte <= UInt8(ascii: "9") ? UInt32(byte & 0xF) : UInt32(byte & 0xF) + 9
  }

  private static func character(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }
}
