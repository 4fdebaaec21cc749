import EDTF
import JSON

/// `entity.role`: someone holds, or held, an office of a country.
package final class EntityRole: EventBody {
  package static let type = "entity.role"
  package static let members = ["entity", "office", "country", "from", "until"]

  /// The id of the entity that holds the office.
  package let entity: String
  /// The office, e.g. `president`.
  package let office: String
  package let country: EntityReference
  /// Since when; nil where nobody said.
  package let from: EDTF?
  /// Until when; nil where nobody said or the term runs.
  package let until: EDTF?

  package init(from reader: inout ObjectReader) throws(EventError) {
    entity = try reader.text("entity", limit: TextLimit.identifier)
    office = try reader.text("office")
    country = try reader.entity("country")
    from = try reader.optionalDate("from")
    let end = reader.optional("until")
    until = try end.map { value throws(EventError) in try value.date() }
    if let end, let from, let until, until.bounds.isBefore(from.bounds) == .definite {
      throw EventError("\"until\" (\(until)) lies before \"from\" (\(from))", at: end)
    }
  }

  package var entities: [EntityReference] { [country] }
}
