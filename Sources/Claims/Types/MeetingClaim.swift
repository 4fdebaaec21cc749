import JSON

/// `claim.meeting`: leaders met, or are to meet, in person. CAMEO 042–044, PLOVER CONSULT.
package final class MeetingClaim: ClaimBody {
  package static let type = "claim.meeting"
  package static let ownMembers = ["parties", "place", "format", "occasion", "duration", "topics"]

  /// How many sides met.
  package enum Format: String, CaseIterable, Sendable {
    case bilateral, trilateral, multilateral
  }

  package let common: ClaimCommon
  /// At least two.
  package let parties: [EntityReference]
  package let place: EntityReference?
  package let format: Format?
  package let occasion: String?
  /// Length of the meeting in minutes.
  package let duration: Quantity?
  package let topics: [String]

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    parties = try reader.entities("parties", atLeast: 2)
    place = try reader.optionalEntity("place")
    format = try reader.optionalWord("format", of: Format.self)
    occasion = try reader.optionalText("occasion")
    duration = try reader.optionalQuantity("duration", unit: .minutes)
    topics = try reader.optionalTexts("topics")
  }

  package var ownEntities: [EntityReference] { parties + (place.map { [$0] } ?? []) }
  package var participants: [EntityReference] { parties }
  package var summary: String {
    [format.map { "\($0.rawValue) meeting" } ?? "meeting", occasion].compactMap(\.self).joined(separator: ", ")
  }
}
