internal import CSimdjson

/// One value of a ``JSONDocument``, which it keeps alive. Nothing is decoded until it is asked for; asking for another
/// kind than the value has gives nil.
package struct JSONValue: Sendable {
  let storage: JSONStorage
  /// The value's node on the tape.
  let index: Int

  var node: annals_json_node { storage.node(index) }

  /// Which of the seven forms the value has.
  package var kind: JSONKind { JSONKind(node.kind) }

  /// The truth value of `true` or `false`; nil for other kinds.
  package var bool: Bool? {
    switch node.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Whether the value is `null`.
  package var isNull: Bool { node.kind == .null }

  /// The bytes of the whole value, a string's quotes included, as a range in the array that was parsed.
  package var range: Range<Int> {
    let range = storage.range(node)
    return node.kind == .string ? (range.lowerBound - 1)..<(range.upperBound + 1) : range
  }

  /// The value as written, with the white space inside it.
  package var rawText: [UInt8] { Array(storage.source[range]) }

  /// The place of the value in its document. Walks from the root: for messages, not for loops.
  package var pointer: JSONPointer { storage.pointer(to: index) }

  /// The value at a place reached from this one by `pointer`; nil where there is none.
  package subscript(pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      guard let next = value.kind == .array ? value.element(at: token) : value[token] else { return nil }
      value = next
    }
    return value
  }

  private func element(at token: String) -> JSONValue? {
    guard let index = JSONPointer.index(token) else { return nil }
    return elements.dropFirst(index).first { _ in true }
  }

  /// Appends the value without insignificant white space, every token as written.
  package func appendMinified(to bytes: inout [UInt8]) {
    guard storage.spaceCount > 0 else {
      bytes.append(contentsOf: storage.source[range])
      return
    }
    storage.withTape { nodes, source in
      let start = storage.range.lowerBound
      var copied = range.lowerBound - start
      // White space inside strings stays; everything between strings is copied without.
      for node in index..<Int(nodes[index].next) where nodes[node].kind == .string {
        let string = nodes[node].bytes(from: source)
        Self.appendWithoutSpace(source, copied..<Int(nodes[node].offset), to: &bytes)
        bytes.append(contentsOf: string)
        copied = Int(nodes[node].offset) + string.count
      }
      Self.appendWithoutSpace(source, copied..<(range.upperBound - start), to: &bytes)
    }
  }

  /// Appends bytes from outside strings, where only white space is so low.
  private static func appendWithoutSpace(_ source: UnsafePointer<UInt8>, _ range: Range<Int>, to bytes: inout [UInt8]) {
    for position in range where source[position] > UInt8(ascii: " ") { bytes.append(source[position]) }
  }
}
