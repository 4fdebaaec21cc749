internal import CSimdjson

/// A JSON document that the parser has accepted. Copies share the bytes and the tape.
package struct JSONDocument: Sendable {
  let storage: JSONStorage

  /// The one value of the document.
  package var root: JSONValue { JSONValue(storage: storage, index: 0) }

  /// Whether white space stands between tokens, before or after them.
  package var hasInsignificantSpace: Bool { storage.spaceCount > 0 }

  /// The document without insignificant white space, every token as written.
  ///
  /// Where there is none and the document fills the array that was parsed, that array is returned uncopied.
  package var minified: [UInt8] {
    if storage.spaceCount == 0, storage.range.count == storage.source.count { return storage.source }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(storage.range.count - storage.spaceCount)
    root.appendMinified(to: &bytes)
    return bytes
  }
}
