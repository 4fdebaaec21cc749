import CXXHash

/// A 64-bit checksum against rot: XXH3, as specified by the xxHash project and computed by `libxxhash`.
///
/// It finds accidental change; it does not stand against an adversary. For that there is ``Digest256``.
package enum Checksum64 {
  /// The checksum of `bytes`.
  package static func of(_ bytes: RawSpan) -> UInt64 {
    bytes.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
  }

  /// The checksum of a value stored under a key: the value's mixed with the key's, so that a value read under another
  /// key is found too. (XXH3's seed would do the same, but costs the derivation of a secret at each call.)
  package static func of(key: RawSpan, value: RawSpan) -> UInt64 {
    let keySum = of(key)
    return of(value) ^ (keySum << 32 | keySum >> 32)
  }
}
