import Digests

/// Puts together a key of several components so that keys compare, byte by byte, as their components do.
///
/// The components and how they lie:
///
/// | component | bytes |
/// |---|---|
/// | unsigned integer | big-endian |
/// | descending integer | all bits inverted, then big-endian: the greatest first |
/// | signed integer | sign bit inverted, then big-endian: negative before positive |
/// | text | UTF-8, each NUL as `00 FF`, and `00 00` at the end |
/// | bounded text | as text, or, if longer than a limit: its beginning, `00 01`, SHA-256 of all of it |
/// | bytes | as they are: of known length, or last |
///
/// Text ends with a byte pair less than any that can follow in a longer text, so that a text comes before those it
/// begins. Texts compare by their UTF-8, that is by Unicode scalar values, not by Swift's `String` order; texts that
/// Swift holds equal by canonical equivalence are different keys.
///
/// A builder puts no limit on the length; ``Key/maximumByteCount`` is checked when the key is used.
@usableFromInline
package struct KeyBuilder: Sendable {
  @usableFromInline var storage: [UInt8] = []

  /// Most bytes of a bounded text, escaped, that are kept as they are, unless the caller says otherwise. With end and
  /// digest such a component has at most 162 bytes, so that three of them fit in a key.
  package static let boundedTextLimit = 128

  /// Begins the escape of a NUL, the end of a text and the cut of a bounded one.
  static let mark: UInt8 = 0x00
  static let escapedNUL: UInt8 = 0xFF
  static let textEnd: UInt8 = 0x00
  static let textCut: UInt8 = 0x01

  /// An empty key, with room for `capacity` bytes.
  @inlinable
  package init(capacity: Int = 0) {
    storage.reserveCapacity(capacity)
  }

  /// A key that begins with the bytes of another.
  @inlinable
  package init(prefix: [UInt8]) {
    storage = prefix
  }

  /// The key so far.
  @inlinable
  package var bytes: [UInt8] { storage }

  /// Empties the builder for the next key and keeps its memory.
  @inlinable
  package mutating func removeAll() {
    storage.removeAll(keepingCapacity: true)
  }

  /// Cuts the key back to its first `byteCount` bytes, to build another with the same beginning.
  ///
  /// - Precondition: the key has at least so many bytes.
  @inlinable
  package mutating func truncate(to byteCount: Int) {
    storage.removeSubrange(byteCount...)
  }

  /// Appends an unsigned integer.
  @inlinable
  package mutating func append<Integer: FixedWidthInteger & UnsignedInteger>(_ integer: Integer) {
    withUnsafeBytes(of: integer.bigEndian) { storage.append(contentsOf: $0) }
  }

  /// Appends an integer so that greater ones come first.
  @inlinable
  package mutating func append(descending integer: UInt64) {
    append(~integer)
  }

  /// Appends a signed integer.
  @inlinable
  package mutating func append(signed integer: Int64) {
    append(UInt64(bitPattern: integer) ^ (1 << 63))
  }

  /// Appends bytes as they are. Another component may follow only if their number is known to who takes the key apart.
  @inlinable
  package mutating func append(bytes: [UInt8]) {
    storage.append(contentsOf: bytes)
  }

  /// Appends bytes as they are. Another component may follow only if their number is known to who takes the key apart.
  package mutating func append(bytes: RawSpan) {
    bytes.withUnsafeBytes { storage.append(contentsOf: $0) }
  }

  /// Appends a text with its end.
  package mutating func append(text: String) {
    append(beginningOf: text)
    storage.append(Self.mark)
    storage.append(Self.textEnd)
  }

  /// Appends the UTF-8 of a text without its end: as the last component, a prefix of every text that so begins.
  package mutating func append(beginningOf text: String) {
    var text = text
    text.withUTF8 { utf8 in
      guard utf8.contains(Self.mark) else { return storage.append(contentsOf: utf8) }
      for byte in utf8 { appendEscaped(byte) }
    }
  }

  /// Appends a text of any length in a limited number of bytes, at most `limit` and 34.
  ///
  /// A text of at most `limit` escaped bytes is stored whole. Of a longer one the first `limit` bytes are kept (one
  /// less where a NUL's escape would be cut in two), and the SHA-256 of the whole tells it from others: different
  /// texts give different keys, as far as SHA-256 does. Texts compare by their first `limit` bytes; beyond these the
  /// whole one comes first, and those that were cut come in the order of their digests.
  package mutating func append(bounded text: String, limit: Int = Self.boundedTextLimit) {
    let start = storage.count
    var text = text
    text.withUTF8 { utf8 in
      if utf8.count <= limit, !utf8.contains(Self.mark) {
        storage.append(contentsOf: utf8)
        storage.append(Self.mark)
        storage.append(Self.textEnd)
        return
      }
      for byte in utf8 {
        let byteCount = byte == Self.mark ? 2 : 1
        guard storage.count - start + byteCount <= limit else {
          storage.append(Self.mark)
          storage.append(Self.textCut)
          Digest256.sha256(of: UnsafeRawBufferPointer(utf8).bytes).append(to: &storage)
          return
        }
        appendEscaped(byte)
      }
      storage.append(Self.mark)
      storage.append(Self.textEnd)
    }
  }

  /// The key that consists of one bounded text, see ``append(bounded:limit:)``.
  package static func bounded(_ text: String, limit: Int = boundedTextLimit) -> [UInt8] {
    var key = KeyBuilder()
    key.append(bounded: text, limit: limit)
    return key.bytes
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    storage.append(byte)
    if byte == Self.mark { storage.append(Self.escapedNUL) }
  }
}
