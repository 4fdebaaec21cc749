/// A table for people: titles, a rule, rows; columns side by side with two blanks between them.
///
/// Cells may hold anything: hazardous characters are made visible (``VisibleText``).
package struct Table: Equatable, Sendable {
  /// Where a cell stands in its column.
  package enum Alignment: Equatable, Sendable {
    case left, right
  }

  /// A column.
  package struct Column: Equatable, Sendable {
    package let title: String
    package let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  private static let gap = 2
  /// Columns are not made narrower than this as long as there is room for all at this width.
  private static let narrowest = 4

  private let columns: [Column]
  private let rows: [[String]]

  /// - Precondition: each row has a cell for each column.
  package init(_ columns: [Column], _ rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row has a cell for each column")
    self.columns = columns
    self.rows = rows.map { $0.map(VisibleText.escaped) }
  }

  /// The same table without the columns that are empty in every row; the first stays.
  package var withoutEmptyColumns: Table {
    let kept = columns.indices.filter { index in index == 0 || rows.contains { !$0[index].isEmpty } }
    return Table(kept.map { columns[$0] }, rows.map { row in kept.map { row[$0] } })
  }

  /// The table as lines without line ends and without blanks at their ends.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, to which wide cells are cut; nil for no limit.
  ///   - isolates: whether right-to-left text is isolated (``Bidi``), as a terminal needs it.
  package func lines(width: Int? = nil, isolates: Bool = false) -> [String] {
    let widths = self.widths(within: width)
    let titles = zip(columns, widths).map { TextWidth.truncated($0.title, to: $1) }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return [line(titles, widths, false), line(rule, widths, false)] + rows.map { line($0, widths, isolates) }
  }

  private func widths(within width: Int?) -> [Int] {
    var widths = columns.map { TextWidth.columns($0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], TextWidth.columns(cell)) }
    }
    guard let width else { return widths }
    // The widest columns give way first, all to the same width.
    let room = width - Self.gap * (columns.count - 1)
    var cap = widths.max() ?? 0
    while cap > Self.narrowest, widths.reduce(0, { $0 + min($1, cap) }) > room { cap -= 1 }
    var spare = room - widths.reduce(0) { $0 + min($1, cap) }
    return widths.map { natural in
      guard natural > cap else { return natural }
      guard spare > 0 else { return cap }
      spare -= 1
      return cap + 1
    }
  }

  private func line(_ cells: [String], _ widths: [Int], _ isolates: Bool) -> String {
    var line = ""
    // Blanks are owed until something follows them.
    var owed = 0
    for (index, cell) in cells.enumerated() {
      let text = TextWidth.truncated(cell, to: widths[index])
      let padding = widths[index] - TextWidth.columns(text)
      if columns[index].alignment == .right { owed += padding }
      if !text.isEmpty {
        line += String(repeating: " ", count: owed) + (isolates ? Bidi.isolated(text) : text)
        owed = 0
      }
      owed += (columns[index].alignment == .left ? padding : 0) + Self.gap
    }
    return line
  }
}
