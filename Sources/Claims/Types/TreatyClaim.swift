import EDTF
import JSON

/// `claim.treaty`: something happened, or is to happen, to a treaty. CAMEO 057 for signing, PLOVER AGREE.
package final class TreatyClaim: ClaimBody {
  package static let type = "claim.treaty"
  package static let ownMembers = ["treaty", "action", "parties", "until"]

  /// What happened to the treaty.
  package enum Action: String, CaseIterable, Sendable {
    case signed, ratified
    case inForce = "in-force"
    case extended, expires, suspended, withdrawn, proposed
  }

  package let common: ClaimCommon
  package let treaty: EntityReference
  package let action: Action
  package let parties: [EntityReference]
  /// Until when, for an extension or a suspension.
  package let until: EDTF?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    treaty = try reader.entity("treaty")
    action = try reader.word("action", of: Action.self)
    parties = try reader.optionalEntities("parties")
    until = try reader.optionalDate("until")
  }

  package var ownEntities: [EntityReference] { [treaty] + parties }
  package var summary: String { "treaty \(action.rawValue)" }
}
