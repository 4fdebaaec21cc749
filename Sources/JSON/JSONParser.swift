internal import CSimdjson

/// Parses JSON strictly: RFC 8259 narrowed by RFC 7493 (I-JSON).
///
/// A document is one value with nothing but white space around it, in UTF-8 without byte order mark; no object has two
/// members of the same name (compared unescaped, byte for byte); strings hold no lone surrogates and no noncharacters;
/// arrays and objects are nested at most ``JSONLimits/maximumDepth`` deep. Numbers may have any length and exponent:
/// they are kept as written. Everything is checked here, so that reading a document cannot fail later.
///
/// A parser keeps its buffers from document to document. It is used by one thread at a time.
package final class JSONParser {
  private let parser = annals_json_parser_create()
  private let maximumByteCount: Int

  /// A parser of documents of up to `maximumByteCount` bytes.
  ///
  /// - Precondition: `maximumByteCount <= JSONLimits.largestByteCount`.
  package init(maximumByteCount: Int = JSONLimits.defaultByteCount) {
    precondition(maximumByteCount >= 0 && maximumByteCount <= JSONLimits.largestByteCount, "limit out of bounds")
    self.maximumByteCount = maximumByteCount
  }

  deinit {
    annals_json_parser_destroy(parser)
  }

  /// The document in `bytes`, or in a part of them; it stays valid whatever becomes of the parser.
  ///
  /// - Precondition: `range` lies within `bytes`.
  /// - Throws: the first fault, except that a repeated name is reported when its object has been read to its end.
  package func parse(_ bytes: [UInt8], in range: Range<Int>? = nil) throws(JSONError) -> JSONDocument {
    let range = range ?? 0..<bytes.count
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "range out of bounds")
    guard range.count <= maximumByteCount else {
      throw JSONError(code: .tooLong, offset: range.lowerBound + maximumByteCount, pointer: .root)
    }
    let result = bytes.withUnsafeBufferPointer { buffer in
      annals_json_parse(parser, buffer.baseAddress.map { $0 + range.lowerBound }, UInt32(range.count))
    }
    let storage = JSONStorage(source: bytes, range: range, result: result)
    if range.count > JSONLimits.keptByteCount { annals_json_parser_trim(parser) }
    if let code = JSONError.Code(result.status) {
      // A repeated name stands for its member's value, the next node; else the fault is where the tape ends.
      let place = code == .duplicateName ? Int(result.duplicate) + 1 : storage.nodeCount
      let pointer = storage.pointer(to: place, orItsArray: code.concernsContainer)
      throw JSONError(code: code, offset: range.lowerBound + Int(result.offset), pointer: pointer)
    }
    return JSONDocument(storage: storage)
  }
}
