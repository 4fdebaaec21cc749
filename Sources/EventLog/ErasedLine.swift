import Claims
import Digests
import JSON
import Merkle
import WriteAheadLog

/// What is replayed in the place of an erased event: `{"position":5,"erased":{"by":9,"leaf":"…"}}`.
///
/// `by` is the position of the event that records the erasure, `leaf` the RFC 6962 leaf hash of what stood here.
package enum ErasedLine {
  /// The line of an erased event.
  package static func bytes(of tombstone: Tombstone, leaf: Digest256) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("position")
    writer.int(tombstone.position)
    writer.key("erased")
    writer.beginObject()
    writer.key("by")
    writer.int(tombstone.by)
    writer.key("leaf")
    writer.string(Base64.encode(leaf.bytes))
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  /// Reads such a line; nil where it is none. What a replay does not tell of the event, the digest of its key, is unknown.
  static func read(_ root: JSONValue) -> (tombstone: Tombstone, leaf: Digest256)? {
    guard let erased = root["erased"], root.count == 2, erased.count == 2,
      let position = root["position"]?.int.flatMap({ UInt64(exactly: $0) }),
      let by = erased["by"]?.int.flatMap({ UInt64(exactly: $0) }), by > position,
      let bytes = erased["leaf"]?.string.flatMap({ Base64.decode($0) }), bytes.count == Digest256.byteCount
    else { return nil }
    return (Tombstone(position: position, by: by, key: .zero), Digest256(reading: bytes.span.bytes))
  }

  /// The digest that stands for source and id of an erased event, so that it is not recorded a second time.
  package static func key(source: String, id: String) -> Digest256 {
    let text = Array(source.utf8) + [0] + Array(id.utf8)
    return Digest256.sha256(of: text.span.bytes)
  }
}
