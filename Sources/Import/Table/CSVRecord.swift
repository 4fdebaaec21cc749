/// A row of a table as it was written: its cells, or why it could not be read.
package struct CSVRecord: Hashable, Sendable {
  /// Why a record could not be read.
  package enum Fault: Hashable, Sendable {
    /// A quote was opened on this line and not closed before the end of the table, or of what a record may hold.
    case unclosedQuote(line: Int)
    /// Something other than a delimiter or a line end stands behind a quote that closes on this line.
    case textBehindQuote(line: Int)
    /// A cell, counted from 0, is not text in the table's encoding.
    case undecodable(cell: Int)
    /// It has more bytes than ``CSVReader/mostRecordBytes``.
    case tooLong
  }

  /// The line of the table on which it begins, from 1.
  package let line: Int
  /// The cells, unquoted, otherwise untouched; empty where there is a fault.
  package let cells: [String]
  /// Why there are no cells.
  package let fault: Fault?

  init(line: Int, cells: [String]) {
    (self.line, self.cells, self.fault) = (line, cells, nil)
  }

  init(line: Int, fault: Fault) {
    (self.line, self.cells, self.fault) = (line, [], fault)
  }
}
