import Files

/// The part of a file that is in memory, read in large steps from front to back.
struct ReadWindow {
  /// Bytes read at once, unless more are asked for.
  static let stepBytes = 1 << 20

  /// What was read last.
  private(set) var bytes: [UInt8] = []

  /// Where in the file that begins.
  private var start = 0

  /// Makes sure that `count` bytes from `offset` on are in memory.
  ///
  /// - Returns: Their index in ``bytes``, or `nil` if the file ends before.
  mutating func load(_ count: Int, at offset: Int, of file: any File) throws(FileError) -> Int? {
    if offset < start || offset + count > start + bytes.count {
      try file.read(max(count, Self.stepBytes), at: offset, into: &bytes)
      start = offset
      if bytes.count < count { return nil }
    }
    return offset - start
  }
}
