import Digests

/// How a value lies in LMDB: eight bytes of checksum, little-endian, then the value.
///
/// LMDB does not check what it reads: a bit flipped on disk comes back with success. The checksum covers key and value
/// (``Checksum64/of(key:value:)``), so that a value that ended up under another key is found too.
package enum StoredValue {
  /// Bytes before the value.
  static let headerByteCount = 8

  /// Most bytes in a value. `MDB_val`: data items can be up to 0xffffffff bytes long, here with the header.
  package static let maximumByteCount = 0xffff_ffff - headerByteCount

  /// The value inside `stored`, or `nil` where the checksum does not match.
  static func verified(_ stored: UnsafeRawBufferPointer, key: RawSpan) -> UnsafeRawBufferPointer? {
    guard stored.count >= headerByteCount else { return nil }
    let value = UnsafeRawBufferPointer(rebasing: stored[headerByteCount...])
    // LMDB aligns nodes to two bytes only.
    let checksum = UInt64(littleEndian: stored.loadUnaligned(as: UInt64.self))
    return checksum == Checksum64.of(key: key, value: value.bytes) ? value : nil
  }

  /// Writes the checksum of the value that stands behind the header in `stored`.
  static func seal(_ stored: UnsafeMutableRawBufferPointer, key: RawSpan) {
    let value = UnsafeRawBufferPointer(rebasing: stored[headerByteCount...])
    stored.storeBytes(of: Checksum64.of(key: key, value: value.bytes).littleEndian, as: UInt64.self)
  }
}
