import EventLog

/// What an id or a name means as of a position.
package struct Meaning: Hashable, Sendable {
  /// How surely the text names an entity.
  package enum Standing: Hashable, Sendable {
    /// It is a declared id, the name of exactly one entity, or was judged to be.
    case known
    /// No entity goes by it; the text stands for itself.
    case unknown
    /// Several entities go by it, these; the text stands for itself.
    case ambiguous([String])
  }

  /// The entity's id; the text itself where it means none.
  package let entity: String
  package let standing: Standing
}

/// What stands for one entity until judgements join it with others: a declared entity, or a text that means none.
struct EntityNode: Hashable {
  /// Whether ``text`` is the id of a declared entity; else it is a folded name.
  let isDeclared: Bool
  let text: ExactText

  /// Orders declared ones first, then by bytes.
  static func precedes(_ one: EntityNode, _ other: EntityNode) -> Bool {
    guard one.isDeclared == other.isDeclared else { return one.isDeclared }
    return one.text.text.utf8.lexicographicallyPrecedes(other.text.text.utf8)
  }
}
