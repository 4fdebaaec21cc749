import JSON

/// How a claim names an entity: by a declared id, by a name in any script, or by an id with the words that stood there.
package struct EntityReference: Hashable, Sendable {
  /// The entity the sender was sure of; nil where only a text was given, which may be an id or a name.
  package let entity: String?
  /// The text as written: the name or id itself, or the surface beside an explicit id.
  package let text: String

  /// A reference by text alone, or by an id with the text that stood there.
  package init(entity: String? = nil, text: String) {
    self.entity = entity
    self.text = text
  }

  /// Reads a string or `{"entity": id, "surface": text}`.
  package init(_ value: JSONValue) throws(EventError) {
    if value.kind == .string {
      self.init(text: try value.text())
      return
    }
    guard value.kind == .object else {
      throw EventError("expected a name, an id or {\"entity\", \"surface\"}, found \(value.kind.described)", at: value)
    }
    var reader = try ObjectReader(value, members: ["entity", "surface"])
    self.init(
      entity: try reader.text("entity", limit: TextLimit.identifier), text: try reader.text("surface"))
    try reader.finish()
  }

  /// Whether both are written in the same bytes. Not canonical equivalence: JSON Schema's `uniqueItems` knows none.
  package static func == (one: EntityReference, other: EntityReference) -> Bool {
    guard one.text.utf8.elementsEqual(other.text.utf8) else { return false }
    switch (one.entity, other.entity) {
    case (nil, nil): return true
    case (let entity?, let otherEntity?): return entity.utf8.elementsEqual(otherEntity.utf8)
    default: return false
    }
  }
}
