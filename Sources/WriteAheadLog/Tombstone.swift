import Digests

/// What stands in an erased entry's place: `schema/storage.md`, "Erasure".
package struct Tombstone: Hashable, Sendable {
  /// Its length; an entry must have as many bytes to be erased.
  package static let byteCount = 64

  private static let magic = UInt64(littleEndianASCII: "ANNERASE")
  private static let checksumOffset = 56

  /// The erased entry's position.
  package let position: UInt64
  /// Position of the entry that says so, behind it.
  package let by: UInt64
  /// A digest by which the entry can be told from others; what it is of, only the caller knows.
  package let key: Digest256

  /// A tombstone for the entry at `position`.
  package init(position: UInt64, by: UInt64, key: Digest256) {
    self.position = position
    self.by = by
    self.key = key
  }

  /// Reads one from the beginning of `bytes`; nil where there is none.
  package init?(decoding bytes: RawSpan) {
    guard bytes.byteCount >= Self.byteCount, bytes.integer(at: 0, as: UInt64.self) == Self.magic,
      bytes.integer(at: Self.checksumOffset, as: UInt64.self)
        == Checksum64.of(bytes.extracting(0..<Self.checksumOffset))
    else { return nil }
    position = bytes.integer(at: 8, as: UInt64.self)
    by = bytes.integer(at: 16, as: UInt64.self)
    key = Digest256(reading: bytes, at: 24)
  }

  /// What stands in place of the entry at `position`; nil where the entry stands there itself, or something unsound.
  init?(standingIn entry: ArraySlice<UInt8>, for position: UInt64, leaf: Digest256) {
    let bytes = entry.span.bytes
    // An entry may begin with any bytes; only one that is not what was appended can be a tombstone.
    guard let found = Tombstone(decoding: bytes), found.position == position, found.by > position,
      bytes.extracting(Self.byteCount..<bytes.byteCount).isZero, Digest256.leaf(of: bytes) != leaf
    else { return nil }
    self = found
  }

  /// Its bytes.
  package var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(integer: Self.magic)
    bytes.append(integer: position)
    bytes.append(integer: by)
    key.append(to: &bytes)
    bytes.append(integer: Checksum64.of(bytes.span.bytes))
    return bytes
  }
}
