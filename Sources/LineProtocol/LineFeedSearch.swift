/// Finds the end of a line, eight bytes at a time.
enum LineFeedSearch {
  static let lineFeed = UInt8(ascii: "\n")

  private static let lineFeeds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
  private static let lowBits: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The index of the first LF in `bytes[start..<end]`, or nil.
  ///
  /// A word minus one in each byte, where the byte itself has no high bit, leaves a high bit exactly at the lowest zero
  /// byte (and perhaps above it); the exclusive or makes each LF such a zero.
  static func first(in bytes: RawSpan, from start: Int, to end: Int) -> Int? {
    var index = start
    while index + 8 <= end {
      let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let marked = word ^ lineFeeds
      let zeros = (marked &- lowBits) & ~marked & highBits
      if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < end {
      if bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self) == lineFeed { return index }
      index += 1
    }
    return nil
  }
}
