import JSON

/// The rows of `VIEWS` as a table.
package enum ViewTable {
  /// The filters and arguments of every view; those of each alone are worth a column.
  private static let common: Set<String> = [
    "between", "with", "party", "from", "to", "certain", "document", "attributor", "without-source", "min-attributors",
    "as-of", "at", "min-position", "limit", "cursor", "order",
  ]

  /// The table of the views.
  package static func table(_ views: [JSONValue]) -> Table {
    let columns = [
      Table.Column("view"), Table.Column("state"), Table.Column("rows", .right), Table.Column("position", .right),
      Table.Column("lag", .right), Table.Column("version", .right, .spare),
      Table.Column("filters of its own", .left, .cut),
      Table.Column("error", .left, .cut),
    ]
    let members = ["view", "state", "rows", "position", "lag", "version"]
    return Table(
      columns,
      views.map { view in
        let own = view["parameters"]?.elements.compactMap(\.string).filter { !common.contains($0) } ?? []
        return members.map { RowReader.text(view[$0]) } + [own.joined(separator: ", "), RowReader.text(view["error"])]
      }
    ).withoutEmptyColumns
  }
}
