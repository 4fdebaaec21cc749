import Crypto

/// A SHA-256 digest (FIPS 180-4) held in four words, so that it is copied and compared without allocation.
package struct Digest256: Hashable, Sendable {
  /// Length of the digest in bytes.
  package static let byteCount = 32

  /// The digest of nothing known: 32 zero bytes. Stands where a chain has no predecessor.
  package static let zero = Digest256(words: (0, 0, 0, 0))

  private let word0: UInt64
  private let word1: UInt64
  private let word2: UInt64
  private let word3: UInt64

  private init(words: (UInt64, UInt64, UInt64, UInt64)) {
    (word0, word1, word2, word3) = words
  }

  /// Reads a digest from 32 bytes at `offset`.
  ///
  /// - Precondition: `offset + 32 <= bytes.byteCount`.
  package init(reading bytes: RawSpan, at offset: Int = 0) {
    precondition(offset >= 0 && offset + Self.byteCount <= bytes.byteCount, "digest out of bounds")
    self = bytes.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 { raw.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self) }
      return Digest256(words: (word(0), word(1), word(2), word(3)))
    }
  }

  /// The RFC 6962 leaf hash (section 2.1) of a log entry: SHA-256 over a zero byte and the entry.
  package static func leaf(of entry: RawSpan) -> Digest256 {
    var hash = SHA256()
    var prefix: UInt8 = 0
    withUnsafeBytes(of: &prefix) { hash.update(bufferPointer: $0) }
    entry.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Digest256(hash.finalize())
  }

  /// The RFC 6962 leaf hash of a log entry held in an array.
  package static func leaf(of entry: [UInt8]) -> Digest256 {
    leaf(of: entry.span.bytes)
  }

  /// The hash of an inner node of the tree (RFC 6962, section 2.1): SHA-256 over a one byte and the two children.
  package static func node(_ left: Digest256, _ right: Digest256) -> Digest256 {
    var input: [UInt8] = [1]
    input.reserveCapacity(1 + 2 * byteCount)
    left.append(to: &input)
    right.append(to: &input)
    return sha256(of: input.span.bytes)
  }

  /// Plain SHA-256 over `bytes`.
  package static func sha256(of bytes: RawSpan) -> Digest256 {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Digest256(hash.finalize())
  }

  private init(_ digest: SHA256Digest) {
    self = digest.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 { raw.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self) }
      return Digest256(words: (word(0), word(1), word(2), word(3)))
    }
  }

  /// The 32 bytes of the digest.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// Appends the 32 bytes of the digest to `buffer`.
  package func append(to buffer: inout [UInt8]) {
    withUnsafeBytes(of: (word0, word1, word2, word3)) { buffer.append(contentsOf: $0) }
  }
}

extension Digest256: CustomStringConvertible {
  /// The digest in lower-case hexadecimal, 64 characters.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
