/// A table for people: titles, a rule, rows; columns side by side with two blanks between them.
///
/// Cells may hold anything: hazardous characters are made visible (``VisibleText``).
package struct Table: Equatable, Sendable {
  /// Where a cell stands in its column.
  package enum Alignment: Equatable, Sendable {
    case left, right
  }

  /// What becomes of a column where there is no room for all.
  package enum Fit: Equatable, Sendable {
    /// It is not cut as long as others can be: a date or a number without its end is none.
    case whole
    /// It is cut.
    case cut
    /// It is left out first, and told to be.
    case spare
  }

  /// A column.
  package struct Column: Equatable, Sendable {
    package let title: String
    package let alignment: Alignment
    package let fit: Fit

    package init(_ title: String, _ alignment: Alignment = .left, _ fit: Fit = .whole) {
      self.title = title
      self.alignment = alignment
      self.fit = fit
    }
  }

  private static let gap = 2
  /// Columns are not cut shorter than this before others are left out.
  private static let readable = 10
  /// Columns are not made narrower than this as long as there is room for all at this width.
  private static let narrowest = 4

  private let columns: [Column]
  private let rows: [[String]]

  /// - Precondition: each row has a cell for each column.
  package init(_ columns: [Column], _ rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row has a cell for each column")
    self.init(columns, escaped: rows.map { $0.map(VisibleText.escaped) })
  }

  private init(_ columns: [Column], escaped rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The same table without the columns that are empty in every row; the first stays.
  package var withoutEmptyColumns: Table {
    keeping(columns.indices.filter { index in index == 0 || rows.contains { !$0[index].isEmpty } })
  }

  /// The same table, without as many spare columns, from the last on, as it takes for the others to stay readable within
  /// `width` columns; and the titles of those left out.
  package func fitted(to width: Int) -> (table: Table, leftOut: [String]) {
    let natural = naturalWidths
    var kept = Array(columns.indices)
    var leftOut: [String] = []
    func needed() -> Int {
      kept.reduce(Self.gap * (kept.count - 1)) { sum, index in
        sum + (columns[index].fit == .whole ? natural[index] : min(natural[index], Self.readable))
      }
    }
    while needed() > width, let last = kept.lastIndex(where: { columns[$0].fit == .spare }) {
      leftOut.insert(columns[kept[last]].title, at: 0)
      kept.remove(at: last)
    }
    return (keeping(kept), leftOut)
  }

  /// The table as lines without line ends and without blanks at their ends.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, to which wide cells are cut; nil for no limit.
  ///   - isolates: whether right-to-left text is isolated (``Bidi``), as a terminal needs it.
  package func lines(width: Int? = nil, isolates: Bool = false) -> [String] {
    let widths = width.map(self.widths) ?? naturalWidths
    let titles = zip(columns, widths).map { TextWidth.truncated($0.title, to: $1) }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return [line(titles, widths, false), line(rule, widths, false)] + rows.map { line($0, widths, isolates) }
  }

  private func keeping(_ kept: [Int]) -> Table {
    Table(kept.map { columns[$0] }, escaped: rows.map { row in kept.map { row[$0] } })
  }

  private var naturalWidths: [Int] {
    var widths = columns.map { TextWidth.columns($0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], TextWidth.columns(cell)) }
    }
    return widths
  }

  private func widths(within width: Int) -> [Int] {
    let room = width - Self.gap * (columns.count - 1)
    let some = capped(naturalWidths, to: room) { columns[$0].fit != .whole }
    return some.reduce(0, +) <= room ? some : capped(some, to: room) { _ in true }
  }

  /// The widths with the widest of those that may be cut all cut to one width, so that the sum is `room` if it can be.
  private func capped(_ widths: [Int], to room: Int, _ mayBeCut: (Int) -> Bool) -> [Int] {
    func sum(_ cap: Int) -> Int { widths.indices.reduce(0) { $0 + (mayBeCut($1) ? min(widths[$1], cap) : widths[$1]) } }
    var cap = widths.max() ?? 0
    while cap > Self.narrowest, sum(cap) > room { cap -= 1 }
    var spare = max(0, room - sum(cap))
    return widths.indices.map { index in
      guard mayBeCut(index), widths[index] > cap else { return widths[index] }
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
