/// The event types Annals knows: the one place where a type is registered.
package enum EventTypes {
  /// Every type, in the order of the documentation.
  package static let all: [any EventBody.Type] = [
    DocumentRegistered.self,
    DocumentCorrected.self,
    EntityDeclared.self,
    EntityNamed.self,
    EntityJudged.self,
    EntityRole.self,
    CallClaim.self,
    MeetingClaim.self,
    VisitClaim.self,
    GatheringClaim.self,
    MessageClaim.self,
    TradeClaim.self,
    EnergyClaim.self,
    TreatyClaim.self,
    ExerciseClaim.self,
    SanctionClaim.self,
    StatementClaim.self,
    TallyClaim.self,
    ActClaim.self,
    ReviewRetracted.self,
    ReviewAssessed.self,
    ReviewLinked.self,
    EventErased.self,
  ]

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.map { ($0.type, TypeEntry(body: $0, members: $0.members)) })

  /// A type with its members' names, gathered once.
  package struct TypeEntry: Sendable {
    package let body: any EventBody.Type
    package let members: [String]
  }

  /// The type of this name.
  package static func named(_ name: String) -> TypeEntry? { byName[name] }
}
