import EDTF
import JSON

/// A row as a view holds it, read for a question. Its columns are parsed when first asked for.
package final class StoredRow {
  /// Name of the view.
  package let view: String
  /// The row's key.
  package let key: String
  /// The key of its group.
  package let group: String
  /// The days it speaks of; nil where nobody gave a date.
  package let bounds: Bounds?
  /// The entities by which it is found.
  package let parties: [String]
  /// The row's JSON, without the columns that depend on the question.
  package let json: [UInt8]
  /// Where it stands in the view's index, without the facet.
  let place: [UInt8]
  /// What tells it from other rows of its group.
  let suffix: String
  /// Positions of the group's events.
  let members: [UInt64]
  private let parser: JSONParser
  private var document: JSONDocument?

  init(
    _ record: GroupRecord, _ fields: GroupRecord.StoredFields, view: String, place: [UInt8], parser: JSONParser
  ) {
    self.view = view
    group = record.key
    suffix = fields.suffix
    members = record.members
    key = fields.suffix.isEmpty ? record.key : "\(record.key)#\(fields.suffix)"
    bounds = fields.order.bounds
    parties = fields.parties
    json = fields.json
    self.place = place
    self.parser = parser
  }

  /// A column's value; nil where the view has no such column.
  package func column(_ name: String) -> JSONValue? {
    if document == nil { document = try? parser.parse(json) }
    return document?.root[name]
  }

  /// The positions of the events the row rests on.
  package var claims: [UInt64] {
    column("claims").map { $0.elements.compactMap { $0.int.map { UInt64($0) } } } ?? []
  }
}
