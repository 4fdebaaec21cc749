import Digests

/// Takes a key apart again, component by component, in the order in which ``KeyBuilder`` put it together.
package struct KeyReader: Sendable {
  private let key: [UInt8]
  /// Where the next component begins.
  package private(set) var offset = 0

  /// Reads a key from its beginning.
  package init(_ key: [UInt8]) {
    self.key = key
  }

  /// Reads a copy of a key from its beginning.
  package init(copying key: RawSpan) {
    self.key = key.withUnsafeBytes { [UInt8]($0) }
  }

  /// Takes an unsigned integer.
  package mutating func integer<Integer: FixedWidthInteger & UnsignedInteger>(
    _ type: Integer.Type = Integer.self
  ) throws(KeyFormatError) -> Integer {
    let end = try end(after: MemoryLayout<Integer>.size)
    defer { offset = end }
    return key[offset..<end].reduce(0) { $0 << 8 | Integer($1) }
  }

  /// Takes an integer added by ``KeyBuilder/append(descending:)``.
  package mutating func descending() throws(KeyFormatError) -> UInt64 {
    ~(try integer())
  }

  /// Takes an integer added by ``KeyBuilder/append(signed:)``.
  package mutating func signed() throws(KeyFormatError) -> Int64 {
    Int64(bitPattern: try integer() ^ (1 << 63))
  }

  /// Takes so many bytes.
  package mutating func bytes(_ count: Int) throws(KeyFormatError) -> [UInt8] {
    let end = try end(after: count)
    defer { offset = end }
    return Array(key[offset..<end])
  }

  /// Takes all bytes that are left.
  package mutating func rest() -> [UInt8] {
    defer { offset = key.count }
    return Array(key[offset...])
  }

  /// Takes a text added by ``KeyBuilder/append(text:)``.
  package mutating func text() throws(KeyFormatError) -> String {
    let start = offset
    let (utf8, end) = try escaped()
    guard end == KeyBuilder.textEnd else { throw .malformedText(offset: offset - 2) }
    return try decode(utf8, from: start)
  }

  /// Takes a text added by ``KeyBuilder/append(bounded:limit:)``.
  package mutating func boundedText() throws(KeyFormatError) -> BoundedText {
    let start = offset
    let (utf8, end) = try escaped()
    switch end {
    case KeyBuilder.textEnd: return .whole(try decode(utf8, from: start))
    case KeyBuilder.textCut:
      let digest = try bytes(Digest256.byteCount)
      return .cut(beginning: utf8, digest: Digest256(reading: digest.span.bytes))
    default: throw .malformedText(offset: offset - 2)
    }
  }

  /// Where a text added by ``KeyBuilder/append(bounded:limit:)`` ends, without reading it; nil where it does not.
  package static func endOfBoundedText(in key: [UInt8], from start: Int) -> Int? {
    var offset = start
    while offset + 1 < key.count {
      guard key[offset] == KeyBuilder.mark else {
        offset += 1
        continue
      }
      switch key[offset + 1] {
      case KeyBuilder.escapedNUL: offset += 2
      case KeyBuilder.textEnd: return offset + 2
      case KeyBuilder.textCut where key.count - offset - 2 >= Digest256.byteCount:
        return offset + 2 + Digest256.byteCount
      default: return nil
      }
    }
    return nil
  }

  /// Checks that nothing is left.
  package func finish() throws(KeyFormatError) {
    guard offset == key.count else { throw .trailingBytes(offset: offset) }
  }

  /// Takes bytes up to a mark that is no escaped NUL, and the byte after that mark.
  private mutating func escaped() throws(KeyFormatError) -> (bytes: [UInt8], end: UInt8) {
    let start = offset
    var bytes: [UInt8] = []
    while let mark = key[offset...].firstIndex(of: KeyBuilder.mark), mark + 1 < key.count {
      bytes.append(contentsOf: key[offset..<mark])
      let end = key[mark + 1]
      offset = mark + 2
      guard end == KeyBuilder.escapedNUL else { return (bytes, end) }
      bytes.append(KeyBuilder.mark)
    }
    throw .truncated(offset: start)
  }

  private func decode(_ utf8: [UInt8], from start: Int) throws(KeyFormatError) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else { throw .invalidUTF8(offset: start) }
    return text
  }

  private func end(after count: Int) throws(KeyFormatError) -> Int {
    guard count <= key.count - offset else { throw .truncated(offset: offset) }
    return offset + count
  }
}
