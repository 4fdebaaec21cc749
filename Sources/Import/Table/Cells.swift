/// The cells of a row, by the names of their columns.
struct Cells {
  /// The places of the columns, from 0.
  let places: [String: Int]
  let record: CSVRecord

  /// The text of a cell without blanks around it. A mapping is held against the header before any row is read, so that there is
  /// no other name.
  subscript(column: String) -> String {
    guard let place = places[column] else { preconditionFailure("the header has no column \(column)") }
    return BlankTrimming.trimmed(record.cells[place])
  }
}
