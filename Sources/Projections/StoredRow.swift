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
  /// The terms by which projectors find it; see ``Row/terms``.
  package let terms: [String]
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
    terms = fields.terms
    json = fields.json
    self.place = place
    self.parser = parser
  }

  /// A column's value; nil where the view has no such column.
  package func column(_ name: String) -> JSONValue? {
    if document == nil { document = try? parser.parse(json) }
    return document?.root[name]
  }

  /// Whether the view has such a column, which most rows leave out: found out without parsing those.
  package func hasColumn(_ name: String) -> Bool {
    guard document != nil || json.contains(sequence: Array("\"\(name)\":".utf8)) else { return false }
    return column(name) != nil
  }

  /// The positions of the events the row rests on.
  package var claims: [UInt64] {
    column("claims").map { $0.elements.compactMap { $0.int.map { UInt64($0) } } } ?? []
  }
}

extension [UInt8] {
  /// Whether these bytes stand somewhere among the array's.
  fileprivate func contains(sequence: [UInt8]) -> Bool {
    guard let first = sequence.first, count >= sequence.count else { return sequence.isEmpty }
    var start = 0
    while let place = self[start...].firstIndex(of: first), place <= count - sequence.count {
      if self[place..<place + sequence.count].elementsEqual(sequence) { return true }
      start = place + 1
    }
    return false
  }
}
