import Claims
import EDTF

/// A live event as a projector sees it: its content, and what its names mean at the position folded.
///
/// A class, because items are handed around by the thousand and a copy should cost one reference count.
package final class Item: Sendable {
  /// The event's place in the log.
  package let position: UInt64
  /// When it was recorded.
  package let recorded: Timestamp
  /// The event.
  package let event: Event
  /// When a later claim replaced this one; nil while it stands.
  package let superseded: Timestamp?
  /// Who ultimately says so: the innermost of the attribution; without one the publisher of the first document; without
  /// that the document itself. For an event that is no claim, its source.
  package let attributor: String
  /// What the names that the event uses mean, where that is an entity with another id than the name.
  private let entities: [String: String]

  package init(
    position: UInt64, recorded: Timestamp, event: Event, superseded: Timestamp?, attributor: String,
    entities: [String: String]
  ) {
    self.position = position
    self.recorded = recorded
    self.event = event
    self.superseded = superseded
    self.attributor = attributor
    self.entities = entities
  }

  /// The claim, or nil where the event registers or reviews something.
  package var claim: (any ClaimBody)? { event.body.claim }

  /// The entity's id, or the text as written where it resolves to none.
  package func entity(_ reference: EntityReference) -> String {
    reference.entity ?? entities[reference.text] ?? reference.text
  }

  /// The entities' ids or texts, in the order given.
  package func entities(_ references: [EntityReference]) -> [String] {
    references.map(entity)
  }
}
