internal import CSimdjson

extension JSONValue {
  /// The text of a string, unescaped; nil for other kinds.
  package var string: String? {
    guard let node = stringNode else { return nil }
    return storage.withBytes(of: node) { raw in
      guard node.has_escapes else { return String(decoding: raw, as: UTF8.self) }
      return String(decoding: Array(UnescapedBytes(raw)), as: UTF8.self)
    }
  }

  /// The UTF-8 bytes of a string, unescaped; nil for other kinds.
  package var utf8: [UInt8]? {
    guard let node = stringNode else { return nil }
    return storage.withBytes(of: node) { node.has_escapes ? Array(UnescapedBytes($0)) : Array($0) }
  }

  /// Whether the value is a string with an escape in it: if not, ``contentRange`` holds its UTF-8 bytes.
  package var hasEscapes: Bool { node.has_escapes }

  /// The bytes between a string's quotes, as written, as a range in the array that was parsed; nil for other kinds.
  package var contentRange: Range<Int>? { stringNode.map(storage.range) }

  /// Lends the UTF-8 bytes of a string, unescaped, and copied only where it has escapes; nil for other kinds.
  package func withUTF8<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard let node = stringNode else { return nil }
    return try storage.withBytes(of: node) { raw throws(Failure) in
      node.has_escapes ? try body(Array(UnescapedBytes(raw)).span) : try body(raw.span)
    }
  }

  /// Whether the value is a string of exactly these UTF-8 bytes. Makes no copy.
  package func equals(_ utf8: [UInt8]) -> Bool {
    utf8.withUnsafeBufferPointer { equals($0) }
  }

  /// Whether the value is a string of exactly the same UTF-8 bytes as `text`: unlike `==` on `String`, composed and
  /// decomposed letters differ. Makes no copy.
  package func equals(_ text: String) -> Bool {
    // Native strings are contiguous, so this copies nothing on Linux.
    var text = text
    return text.withUTF8 { equals($0) }
  }

  /// Whether both values are strings of the same content, however it is escaped.
  func hasSameString(as other: JSONValue) -> Bool {
    guard let node = other.stringNode else { return false }
    guard !node.has_escapes else { return other.utf8.map(equals) ?? false }
    return other.storage.withBytes(of: node) { equals($0) }
  }

  private var stringNode: annals_json_node? {
    let node = self.node
    return node.kind == .string ? node : nil
  }

  private func equals(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    storage.withTape { nodes, bytes in nodes[index].isString(utf8, from: bytes) }
  }
}
