import Claims
import EDTF

/// An event as a projector sees it: its content, and what its names and dates mean at the position folded.
///
/// A class, because items are handed around by the thousand and a copy should cost one reference count.
package final class Item: Sendable {
  /// What an item's standing in the record is.
  package struct Standing: Sendable {
    /// When a later claim replaced this one; nil while it stands.
    package var superseded: Timestamp?
    /// When it was withdrawn; nil while it is not.
    package var retracted: Timestamp?
    /// Of a judgement on entities: whether it left something to decide.
    package var isOpen = false

    package init() {}
  }

  /// A name that means no entity, or several.
  package struct UnclearName: Hashable, Sendable {
    /// As written.
    package let text: String
    /// The entities that go by it; empty where none does.
    package let bearers: [String]
  }

  /// The event's place in the log.
  package let position: UInt64
  /// When it was recorded.
  package let recorded: Timestamp
  /// The event.
  package let event: Event
  package let standing: Standing
  /// Who ultimately says so: the innermost of the attribution; without one the publisher of the first document; without
  /// that the document itself. For an event that is no claim, its source.
  package let attributor: String
  /// Everyone through whom the claim came, outermost first: publisher, or document without one, then the attribution.
  package let chain: [String]
  /// When the claim says it was; nil where it says nothing, and for an event that is no claim.
  package let date: ItemDate?
  /// What reviewers said of it.
  package let review: ItemReview
  /// The names used that mean no entity, or several.
  package let unclear: [UnclearName]
  /// What the names that the event uses mean, where that is an entity with another id than the name.
  private let entities: [String: String]

  package init(
    position: UInt64, recorded: Timestamp, event: Event, standing: Standing = Standing(), attributor: String,
    chain: [String] = [], date: ItemDate? = nil, review: ItemReview = .none, unclear: [UnclearName] = [],
    entities: [String: String]
  ) {
    self.position = position
    self.recorded = recorded
    self.event = event
    self.standing = standing
    self.attributor = attributor
    self.chain = chain
    self.date = date
    self.review = review
    self.unclear = unclear
    self.entities = entities
  }

  /// When a later claim replaced this one; nil while it stands.
  package var superseded: Timestamp? { standing.superseded }

  /// The claim, or nil where the event registers or reviews something.
  package var claim: (any ClaimBody)? { event.body.claim }

  /// The days on which the thing claimed may lie; nil where nobody said.
  package var bounds: Bounds? { date?.bounds }

  /// The entity's id, or the text as written where it resolves to none.
  package func entity(_ reference: EntityReference) -> String {
    entity(reference.entity ?? reference.text)
  }

  /// The entity that an id or a name used by the event means.
  package func entity(_ text: String) -> String {
    entities[text] ?? text
  }

  /// The entities' ids or texts, in the order given.
  package func entities(_ references: [EntityReference]) -> [String] {
    references.map(entity)
  }
}
