import Digests

/// The content of the file that says which entries are being erased.
///
/// The byte table is in `schema/storage.md`, section "Erasure".
enum ErasureNote {
  private static let magic = UInt64(littleEndianASCII: "ANNERSNG")
  private static let version: UInt32 = 1
  private static let headerBytes = 16
  private static let checksumBytes = 8

  static func encode(_ tombstones: [Tombstone]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(integer: magic)
    bytes.append(integer: version)
    bytes.append(integer: UInt32(tombstones.count))
    for tombstone in tombstones { bytes.append(contentsOf: tombstone.encoded) }
    bytes.append(integer: Checksum64.of(bytes.span.bytes))
    return bytes
  }

  /// Nil where the bytes are not what was written.
  static func decode(_ bytes: [UInt8]) -> [Tombstone]? {
    let span = bytes.span.bytes
    guard bytes.count >= headerBytes + checksumBytes, span.integer(at: 0, as: UInt64.self) == magic,
      span.integer(at: 8, as: UInt32.self) == version
    else { return nil }
    let end = headerBytes + Int(span.integer(at: 12, as: UInt32.self)) * Tombstone.byteCount
    guard bytes.count == end + checksumBytes,
      Checksum64.of(span.extracting(0..<end)) == span.integer(at: end, as: UInt64.self)
    else { return nil }
    var tombstones: [Tombstone] = []
    for start in stride(from: headerBytes, to: end, by: Tombstone.byteCount) {
      guard let tombstone = Tombstone(decoding: span.extracting(start..<end)) else { return nil }
      tombstones.append(tombstone)
    }
    return tombstones
  }
}
