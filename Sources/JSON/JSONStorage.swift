internal import CSimdjson
import Glibc

/// The tape of a document and a copy of its bytes, in one shared allocation.
///
/// The copy saves every access the retaining and releasing of the array the bytes came in, which costs more than copying
/// them once. The array itself is kept to be given back by ``JSONDocument/minified``.
///
/// Sendable because nothing changes after ``init(source:range:result:)``.
struct JSONStorage: @unchecked Sendable {
  private struct Header {
    let source: [UInt8]
    let range: Range<Int>
    let nodeCount: Int
    let spaceCount: Int
  }

  /// The nodes, and after them the bytes in the room of as many nodes as they need.
  private let buffer: ManagedBuffer<Header, annals_json_node>

  /// Copies the tape of a parse, which may have failed, of the bytes at `range` in `source`.
  init(source: [UInt8], range: Range<Int>, result: annals_json_result) {
    let count = Int(result.node_count)
    let stride = MemoryLayout<annals_json_node>.stride
    buffer = .create(minimumCapacity: count + (range.count + stride - 1) / stride) { _ in
      Header(source: source, range: range, nodeCount: count, spaceCount: Int(result.space_count))
    }
    buffer.withUnsafeMutablePointerToElements { start in
      if let nodes = result.nodes { start.initialize(from: nodes, count: count) }
      let bytes = UnsafeMutableRawPointer(start + count).bindMemory(to: UInt8.self, capacity: range.count)
      source.withUnsafeBufferPointer { source in
        guard let first = source.baseAddress else { return }
        bytes.initialize(from: first + range.lowerBound, count: range.count)
      }
    }
  }

  /// The array given to the parser.
  var source: [UInt8] { buffer.header.source }

  /// The document's bytes in ``source``. Offsets in the tape count from its beginning.
  var range: Range<Int> { buffer.header.range }

  /// Nodes in the tape.
  var nodeCount: Int { buffer.header.nodeCount }

  /// Bytes of insignificant white space in the document.
  var spaceCount: Int { buffer.header.spaceCount }

  /// The node at `index` of the tape.
  func node(_ index: Int) -> annals_json_node {
    assert(index >= 0 && index < nodeCount, "node out of bounds")
    return buffer.withUnsafeMutablePointerToElements { $0[index] }
  }

  /// The bytes that a node's offset and length speak of, as a range in ``source``.
  func range(_ node: annals_json_node) -> Range<Int> {
    let start = range.lowerBound + Int(node.offset)
    return start..<(start + Int(node.length))
  }

  /// Lends the tape together with the document's bytes, from which offsets in the tape count.
  func withTape<Result, Failure: Error>(
    _ body: (UnsafeMutablePointer<annals_json_node>, UnsafePointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withUnsafeMutablePointers { header, nodes throws(Failure) in
      let bytes = UnsafeRawPointer(nodes + header.pointee.nodeCount).assumingMemoryBound(to: UInt8.self)
      return try body(nodes, bytes)
    }
  }

  /// Lends the bytes that a node's offset and length speak of.
  func withBytes<Result, Failure: Error>(
    of node: annals_json_node, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withTape { _, bytes throws(Failure) in try body(node.bytes(from: bytes)) }
  }
}

extension annals_json_node {
  /// The bytes that the offset and length speak of, in a document that begins at `start`.
  func bytes(from start: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start + Int(offset), count: Int(length))
  }

  /// Whether this is a string of exactly these UTF-8 bytes, in a document that begins at `start`. Makes no copy.
  func isString(_ utf8: UnsafeBufferPointer<UInt8>, from start: UnsafePointer<UInt8>) -> Bool {
    guard kind == .string else { return false }
    let raw = bytes(from: start)
    // Every escape is longer than the UTF-8 of what it stands for.
    if has_escapes { return utf8.count < raw.count && UnescapedBytes(raw).elementsEqual(utf8) }
    return raw.isSame(as: utf8)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether both hold the same bytes.
  func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    guard let mine = baseAddress, let others = other.baseAddress, count > 0 else { return true }
    return memcmp(mine, others, count) == 0
  }
}
