/// The `data` of one event type.
///
/// A new type is one file with a conforming final class (so that asking an event for its type compares one pointer), one line
/// in ``EventTypes/all``, one schema and one test table.
package protocol EventBody: AnyObject, Sendable {
  /// The CloudEvents type, e.g. `claim.call`.
  static var type: String { get }
  /// Whether `review.retracted` may withdraw events of this type.
  static var isRetractable: Bool { get }
  /// Names of all members `data` may have.
  static var members: [String] { get }
  /// Reads and checks `data`. The caller checks for unknown members afterwards.
  init(from reader: inout ObjectReader) throws(EventError)
  /// Every entity the event names, so that it is folded anew when one of these names comes to mean something else.
  var entities: [EntityReference] { get }
  /// Every document the event rests on or speaks of.
  var documents: [String] { get }
  /// The earlier claim that this event replaces or withdraws.
  var target: TargetReference? { get }
  /// Every event that this one refers to and that must stand in the log, ``target`` among them.
  var references: [TargetReference] { get }
  /// The body as a claim; nil where the event registers or reviews something.
  var claim: (any ClaimBody)? { get }
  /// What only one event of the log may register, e.g. `document:D1`; nil for nearly every type.
  var uniqueKey: String? { get }
  /// What the event registers for others to meet; the unique key, where it has one.
  var registeredKey: String? { get }
  /// The key that must not be registered: two that were judged different are not judged the same.
  var excludedBy: String? { get }
  /// The key that must be registered: a document, to be corrected.
  var requiredKey: RequiredKey? { get }
  /// Whether `review.retracted` may withdraw this very event.
  var canBeRetracted: Bool { get }
}

/// A key that must be registered before an event can speak of it.
package struct RequiredKey: Hashable, Sendable {
  package let key: String
  /// Pointer within the event, for errors.
  package let pointer: String
  /// What the key stands for, in words that follow "no event with".
  package let what: String
}

/// A reference from an event to the one it acts upon or speaks of, and where in the event it stands.
package struct TargetReference: Hashable, Sendable {
  /// The claim meant.
  package let claim: ClaimReference
  /// Pointer within the event, for errors.
  package let pointer: String
}

extension EventBody {
  package var documents: [String] { [] }
  package static var isRetractable: Bool { false }
  package var target: TargetReference? { nil }
  package var references: [TargetReference] { target.map { [$0] } ?? [] }
  package var uniqueKey: String? { nil }
  package var registeredKey: String? { uniqueKey }
  package var excludedBy: String? { nil }
  package var requiredKey: RequiredKey? { nil }
  package var canBeRetracted: Bool { Self.isRetractable }
  package var claim: (any ClaimBody)? { nil }
}

/// An event that claims something about the world, with evidence.
package protocol ClaimBody: EventBody {
  /// The members every claim has.
  var common: ClaimCommon { get }
  /// Names of the members of this type alone.
  static var ownMembers: [String] { get }
  /// The entities of this type's own members.
  var ownEntities: [EntityReference] { get }
  /// The entities that take part, for the timeline and its filters.
  var participants: [EntityReference] { get }
  /// A few words on what is claimed, in English, without the parties' names.
  var summary: String { get }
}

extension ClaimBody {
  package static var isRetractable: Bool { true }
  package static var members: [String] { ownMembers + ClaimCommon.members }
  package var entities: [EntityReference] { ownEntities + common.attribution }
  package var documents: [String] { common.evidence.map(\.document) }
  package var target: TargetReference? {
    common.supersedes.map { TargetReference(claim: $0, pointer: "/data/supersedes") }
  }
  package var references: [TargetReference] { (target.map { [$0] } ?? []) + (common.when?.references ?? []) }
  package var participants: [EntityReference] { ownEntities }
  package var claim: (any ClaimBody)? { self }
}
