import JSON

/// `claim.call`: leaders spoke, or are to speak, by telephone or video. CAMEO 041, PLOVER CONSULT.
package final class CallClaim: ClaimBody {
  package static let type = "claim.call"
  package static let ownMembers = ["parties", "medium", "duration", "topics", "initiator"]

  /// How they spoke.
  package enum Medium: String, CaseIterable, Sendable {
    case phone, video
  }

  package let common: ClaimCommon
  /// At least two.
  package let parties: [EntityReference]
  package let medium: Medium
  /// Length of the call in minutes.
  package let duration: Quantity?
  package let topics: [String]
  /// Who called.
  package let initiator: EntityReference?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    parties = try reader.entities("parties", atLeast: 2)
    medium = try reader.word("medium", of: Medium.self)
    duration = try reader.optionalQuantity("duration", unit: .minutes)
    topics = try reader.optionalTexts("topics")
    initiator = try reader.optionalEntity("initiator")
  }

  package var ownEntities: [EntityReference] { parties + (initiator.map { [$0] } ?? []) }
  package var participants: [EntityReference] { parties }
  package var summary: String { "\(medium.rawValue) call" }
}
