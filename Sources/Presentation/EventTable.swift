import JSON

/// Recorded events as a table: where each stands, what it is, who says so, and on what evidence.
package enum EventTable {
  /// The table of recorded events.
  package static func table(_ events: [JSONValue]) -> Table {
    let columns = [
      Table.Column("position", .right), Table.Column("type"), Table.Column("when"), Table.Column("says", .left, .cut),
      Table.Column("documents", .left, .cut), Table.Column("source", .left, .cut), Table.Column("id", .left, .cut),
      Table.Column("recorded by", .left, .spare),
    ]
    return Table(columns, events.map(cells)).withoutEmptyColumns
  }

  private static func cells(_ event: JSONValue) -> [String] {
    let text = EventText(event)
    return [
      event["position"]?.numberText ?? "", text.type, when(event["data"]?["when"]), text.says,
      text.documents.joined(separator: ", "),
      RowReader.text(event["source"]), RowReader.text(event["id"]), RowReader.text(event["recordedby"]),
    ]
  }

  private static func when(_ value: JSONValue?) -> String {
    guard let value, value.kind == .object else { return RowReader.text(value) }
    return RowReader.text(value["edtf"] ?? value["expression"])
  }
}
