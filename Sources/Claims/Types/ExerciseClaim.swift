import JSON

/// `claim.exercise`: forces exercised, or are to exercise, together. CAMEO 062, PLOVER COOPERATE.
package final class ExerciseClaim: ClaimBody {
  package static let type = "claim.exercise"
  package static let ownMembers = ["exercise", "participants", "place", "headcount"]

  package let common: ClaimCommon
  /// The exercise, where it has a name.
  package let exercise: EntityReference?
  /// At least one.
  package let participants: [EntityReference]
  package let place: EntityReference?
  /// How many took part in all.
  package let headcount: Quantity?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    exercise = try reader.optionalEntity("exercise")
    participants = try reader.entities("participants", atLeast: 1)
    place = try reader.optionalEntity("place")
    headcount = try reader.optionalQuantity("headcount", unit: .people)
  }

  package var ownEntities: [EntityReference] { participants + [exercise, place].compactMap(\.self) }
  package var summary: String { headcount.map { "exercise with \($0.words)" } ?? "exercise" }
}
