import JSON

/// `claim.visit`: someone visited, or is to visit, a host. CAMEO 042/043, PLOVER CONSULT.
package final class VisitClaim: ClaimBody {
  package static let type = "claim.visit"
  package static let ownMembers = ["visitor", "host", "place", "level", "occasion"]

  /// The protocol rank of a visit.
  package enum Level: String, CaseIterable, Sendable {
    case state, official, working
  }

  package let common: ClaimCommon
  package let visitor: EntityReference
  /// The country or person visited.
  package let host: EntityReference
  package let place: EntityReference?
  package let level: Level?
  package let occasion: String?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    visitor = try reader.entity("visitor")
    host = try reader.entity("host")
    place = try reader.optionalEntity("place")
    level = try reader.optionalWord("level", of: Level.self)
    occasion = try reader.optionalText("occasion")
  }

  package var ownEntities: [EntityReference] { [visitor, host] + (place.map { [$0] } ?? []) }
  package var participants: [EntityReference] { [visitor, host] }
  package var summary: String {
    [level.map { "\($0.rawValue) visit" } ?? "visit", occasion].compactMap(\.self).joined(separator: ", ")
  }
}
