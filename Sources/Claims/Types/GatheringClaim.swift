import JSON

/// `claim.gathering`: several came, or are to come, to a summit, a parade or a conference. CAMEO 040, PLOVER CONSULT.
package final class GatheringClaim: ClaimBody {
  package static let type = "claim.gathering"
  package static let ownMembers = ["gathering", "attendees", "place", "headcount"]

  package let common: ClaimCommon
  package let gathering: EntityReference
  /// At least one. Not a list of all who came.
  package let attendees: [EntityReference]
  package let place: EntityReference?
  /// How many came in all.
  package let headcount: Quantity?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    gathering = try reader.entity("gathering")
    attendees = try reader.entities("attendees", atLeast: 1)
    place = try reader.optionalEntity("place")
    headcount = try reader.optionalQuantity("headcount", unit: .people)
  }

  package var ownEntities: [EntityReference] { [gathering] + attendees + (place.map { [$0] } ?? []) }
  package var participants: [EntityReference] { attendees }
  package var summary: String { headcount.map { "gathering of \($0.words)" } ?? "gathering" }
}
