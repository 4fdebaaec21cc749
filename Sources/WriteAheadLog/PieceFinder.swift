/// Finds pieces of byte strings in other bytes, by a rolling hash of windows (Karp and Rabin 1987).
///
/// A piece is as short as ``pieceBytes``, so that a string is also found where sectors of it are missing or a bit has
/// flipped. What two strings have in common is found too.
struct PieceFinder {
  /// Length of the shortest piece of a longer string, in bytes; a shorter string is found whole.
  static let pieceBytes = 16

  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The hashes of all windows of one length.
  private struct Windows {
    let length: Int
    /// The weight of a window's first byte.
    let leading: UInt64
    var hashes: Set<UInt64> = []

    init(length: Int) {
      self.length = length
      leading = (1..<length).reduce(1) { weight, _ in weight &* PieceFinder.base }
    }

    /// Calls `body` with the start and hash of each window in `bytes`.
    func forEach(in bytes: [UInt8], _ body: (Int, UInt64) -> Void) {
      var hash: UInt64 = 0
      for end in bytes.indices {
        if end >= length { hash &-= leading &* UInt64(bytes[end - length]) }
        hash = hash &* PieceFinder.base &+ UInt64(bytes[end])
        if end >= length - 1 { body(end - length + 1, hash) }
      }
    }
  }

  private let windows: [Windows]

  /// How many bytes of one reading the next must begin with, so that no piece is missed between them.
  let overlap: Int

  /// A finder of the pieces of these strings.
  init(_ strings: [[UInt8]]) {
    var windows: [Int: Windows] = [:]
    for string in strings where !string.isEmpty {
      let length = min(string.count, Self.pieceBytes)
      var own = windows[length] ?? Windows(length: length)
      own.forEach(in: string) { _, hash in own.hashes.insert(hash) }
      windows[length] = own
    }
    self.windows = Array(windows.values)
    overlap = max(0, (windows.keys.max() ?? 0) - 1)
  }

  /// Where the pieces stand, as offsets into `bytes`; pieces that touch are given as one.
  func places(in bytes: [UInt8]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    for windows in windows {
      windows.forEach(in: bytes) { start, hash in
        guard windows.hashes.contains(hash) else { return }
        let end = start + windows.length
        if let last = places.last, last.lowerBound <= start, start <= last.upperBound {
          places[places.count - 1] = last.lowerBound..<max(end, last.upperBound)
        } else {
          places.append(start..<end)
        }
      }
    }
    return places
  }
}
