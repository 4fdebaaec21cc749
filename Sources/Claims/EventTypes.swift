/// The event types Annals knows: the one place where a type is registered.
package enum EventTypes {
  /// Every type, in the order of the documentation.
  package static let all: [any EventBody.Type] = [
    DocumentRegistered.self,
    EntityDeclared.self,
    EntityNamed.self,
    CallClaim.self,
    MeetingClaim.self,
    VisitClaim.self,
    TradeClaim.self,
    TreatyClaim.self,
    ReviewRetracted.self,
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
