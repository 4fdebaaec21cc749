import JSON

/// `event.erased`: the body of an earlier event was destroyed, in every copy. Its leaf hash stays, so every proof still holds.
///
/// Recorded by `annals erase` alone: sent by a client it would say what did not happen.
package final class EventErased: EventBody {
  package static let type = "event.erased"
  package static let members = ["position", "leaf", "reason"]

  /// The event erased.
  package let position: UInt64
  /// The RFC 6962 leaf hash of its recorded line, in base64.
  package let leaf: String
  package let reason: String

  package init(from reader: inout ObjectReader) throws(EventError) {
    let member = try reader.required("position")
    guard let position = member.int.flatMap({ UInt64(exactly: $0) }), position > 0 else {
      throw EventError("expected a position, a whole number from 1", at: member)
    }
    self.position = position
    let leaf = try reader.required("leaf")
    self.leaf = try leaf.text()
    guard self.leaf.wholeMatch(of: /[A-Za-z0-9+\/]{42}[AEIMQUYcgkosw048]=/) != nil else {
      throw EventError("expected 32 bytes in base64 (RFC 4648, section 4)", at: leaf)
    }
    reason = try reader.text("reason")
  }

  package var entities: [EntityReference] { [] }
  package var uniqueKey: String? { Self.keyPrefix + String(position) }

  /// What the keys of erasures begin with: an event is erased once.
  package static let keyPrefix = "erased:"
}
