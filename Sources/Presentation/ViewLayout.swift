import JSON

/// How the rows of a view are shown: which columns a table has, and which members an export.
package struct ViewLayout: Sendable {
  /// A column of a table.
  package struct Column: Sendable {
    let title: String
    let alignment: Table.Alignment
    let fit: Table.Fit
    /// The members that hold ids of entities which the column shows.
    let entities: [String]
    let text: @Sendable (RowReader) -> String

    init(
      _ title: String, aligned alignment: Table.Alignment = .left, fit: Table.Fit = .whole, entities: [String] = [],
      _ text: @escaping @Sendable (RowReader) -> String
    ) {
      self.title = title
      self.alignment = alignment
      self.fit = fit
      self.entities = entities
      self.text = text
    }

    /// A column that shows the member `name`, under the title `title` if that is another.
    static func member(
      _ name: String, _ title: String? = nil, aligned alignment: Table.Alignment = .left, fit: Table.Fit = .whole
    ) -> Column {
      Column(title ?? name, aligned: alignment, fit: fit) { $0.text(name) }
    }

    /// A column that shows entities by their labels.
    static func entities(_ name: String, _ title: String? = nil) -> Column {
      Column(title ?? name, fit: .cut, entities: [name]) { $0.entities(name) }
    }

    /// A column that shows a quantity.
    static func quantity(_ name: String, _ kind: QuantityText.Kind = .level) -> Column {
      Column(name, aligned: .right) { $0.quantity(name, kind) }
    }
  }

  /// The view.
  package let view: String
  /// The table's columns from left to right; empty for a view of which nothing is known but its rows.
  package let columns: [Column]
  /// The members that rows of the view always have, in the order of its rows: the header of an export without rows.
  package let members: [String]

  /// Members that say what a row rests on rather than what it says; not shown where the columns are the row's own.
  private static let supporting: Set<String> = ["key", "earliest", "latest", "documents", "differences", "claims"]

  /// The table of `rows`.
  ///
  /// - Parameters:
  ///   - labels: of entities, by id.
  ///   - showsKeys: whether the key of each row, as `EXPLAIN` takes it, comes first.
  package func table(_ rows: [JSONValue], labels: [String: String] = [:], showsKeys: Bool = false) -> Table {
    var columns = self.columns.isEmpty ? Self.columns(of: rows) : self.columns
    if showsKeys || columns.isEmpty { columns.insert(.member("key"), at: 0) }
    let readers = rows.map { RowReader($0, labels: labels) }
    return Table(
      columns.map { Table.Column($0.title, $0.alignment, $0.fit) }, readers.map { row in columns.map { $0.text(row) } }
    ).withoutEmptyColumns
  }

  /// Whether entities stand in the member `name`.
  package func showsEntities(in name: String) -> Bool {
    columns.contains { $0.entities.contains(name) }
  }

  /// The ids of entities that the table of `rows` shows, each once.
  package func entityIDs(in rows: [JSONValue]) -> [String] {
    let names = columns.flatMap(\.entities)
    var seen: Set<String> = []
    return rows.flatMap { RowReader($0).ids(in: names) }.filter { seen.insert($0).inserted }
  }

  /// The header of an export of `rows`: the members of the view, then any others in the order they come.
  package func header(of rows: [JSONValue]) -> [String] {
    var header = members
    var seen = Set(header)
    for row in rows {
      for member in row.members where seen.insert(member.name).inserted { header.append(member.name) }
    }
    return header.isEmpty ? ["key"] : header
  }

  /// Columns made of the members that the rows have themselves.
  private static func columns(of rows: [JSONValue]) -> [Column] {
    var names: [String] = []
    var seen = supporting
    for row in rows {
      for member in row.members where seen.insert(member.name).inserted { names.append(member.name) }
    }
    return names.map { name in
      switch name {
      case "conflict": Column(name) { $0.conflict }
      case "when": Column(name) { $0.when }
      default: .member(name, fit: .cut)
      }
    }
  }
}
