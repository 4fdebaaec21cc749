import JSON

/// `claim.message`: someone carried a message from one leader to another. CAMEO 040, PLOVER CONSULT.
package final class MessageClaim: ClaimBody {
  package static let type = "claim.message"
  package static let ownMembers = ["bearer", "from", "to"]

  package let common: ClaimCommon
  /// Who carried it.
  package let bearer: EntityReference
  /// Who sent it.
  package let from: EntityReference
  /// To whom it was addressed.
  package let to: EntityReference

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    bearer = try reader.entity("bearer")
    from = try reader.entity("from")
    to = try reader.entity("to")
  }

  package var ownEntities: [EntityReference] { [bearer, from, to] }
  package var summary: String { "message" }
}
