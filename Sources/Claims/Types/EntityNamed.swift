import JSON

/// `entity.named`: one more name an entity goes by.
package final class EntityNamed: EventBody {
  package static let type = "entity.named"
  package static let members = ["entity", "name", "lang"]

  /// The entity's id.
  package let entity: String
  /// The name as written.
  package let name: String
  /// BCP 47 language tag.
  package let language: String

  package init(from reader: inout ObjectReader) throws(EventError) {
    entity = try reader.text("entity", limit: TextLimit.identifier)
    name = try reader.text("name")
    language = try reader.language("lang")
  }

  package var entities: [EntityReference] { [] }
}
