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
    bytes(position: tombstone.position, by: tombstone.by, leaf: leaf)
  }

  /// What the proof of an erased event holds in place of its line: nothing that its leaf hash does not prove, so no `by`.
  package static func proven(position: UInt64, leaf: Digest256) -> [UInt8] {
    bytes(position: position, by: nil, leaf: leaf)
  }

  private static func bytes(position: UInt64, by: UInt64?, leaf: Digest256) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("position")
    writer.int(position)
    writer.key("erased")
    writer.beginObject()
    if let by {
      writer.key("by")
      writer.int(by)
    }
    writer.key("leaf")
    writer.string(Base64.encode(leaf.bytes))
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  /// The leaf hash in the line of a proof (``proven(position:leaf:)``); nil where it is none of this position.
  package static func provenLeaf(in line: [UInt8], at position: UInt64) -> Digest256? {
    guard let root = try? DurableEvent.lineParser().parse(line).root,
      let leaf = root["erased"]?["leaf"]?.string.flatMap(Digest256.init(base64:)),
      proven(position: position, leaf: leaf) == line
    else { return nil }
    return leaf
  }

  /// Reads such a line; nil where it is none. What a replay does not tell of the event, the digest of its key, is unknown.
  package static func read(_ root: JSONValue) -> (tombstone: Tombstone, leaf: Digest256)? {
    guard let erased = root["erased"], root.count == 2, erased.count == 2,
      let position = root["position"]?.int.flatMap({ UInt64(exactly: $0) }),
      let by = erased["by"]?.int.flatMap({ UInt64(exactly: $0) }), by > position,
      let leaf = erased["leaf"]?.string.flatMap(Digest256.init(base64:))
    else { return nil }
    return (Tombstone(position: position, by: by, key: .zero), leaf)
  }

  /// The digest that stands for source and id of an erased event, so that it is not recorded a second time.
  package static func key(source: String, id: String) -> Digest256 {
    let text = Array(source.utf8) + [0] + Array(id.utf8)
    return Digest256.sha256(of: text.span.bytes)
  }
}
