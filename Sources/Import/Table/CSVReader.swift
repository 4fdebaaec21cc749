/// Reads the records of a table in comma-separated values (RFC 4180) with any ``Delimiter``.
///
/// Cells in quotes may hold delimiters, line ends and, doubled, quotes. A quote inside a cell that does not begin with one is
/// a character as any other. Lines end in CR LF, LF or CR; blank ones are counted and not given. Nothing is repaired: a record
/// that breaks these rules is given as a fault with its line, and the reader goes on at the next line, so that one stray quote
/// does not swallow the rows below it.
///
/// Annals has a reader of its own because an import must tell of every row what became of it, and where it stands. SwiftCSV
/// fills short rows up, cuts long ones, takes an unclosed quote for the end of a cell, drops blanks before cells and knows no
/// line numbers.
package struct CSVReader {
  /// Bytes that a record may have, about as many as an event.
  package static let mostRecordBytes = 1 << 20

  /// Lines that were blank, so far.
  package private(set) var blankLines = 0

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let encoding: TextEncoding
  /// Where the next record begins.
  private var index: Int
  /// The number of the line at `index`.
  private var line = 1

  /// A reader of a whole table.
  ///
  /// - Parameters:
  ///   - start: where the first record begins, behind a byte order mark.
  package init(_ bytes: [UInt8], delimiter: Delimiter, encoding: TextEncoding, from start: Int = 0) {
    self.bytes = bytes
    self.delimiter = delimiter.byte
    self.encoding = encoding
    index = start
  }

  /// Bytes that have been read.
  package var bytesRead: Int { index }

  /// The next record; nil at the end.
  package mutating func next() -> CSVRecord? {
    while index < bytes.count, let width = lineEnd(at: index) {
      index += width
      line += 1
      blankLines += 1
    }
    guard index < bytes.count else { return nil }
    var record = RecordInProgress(start: index, line: line)
    while true {
      if let fault = readCell(&record) { return leaveOut(record, fault) }
      if index < bytes.count, bytes[index] == delimiter {
        index += 1
        continue
      }
      if index < bytes.count, let width = lineEnd(at: index) {
        index += width
        line += 1
      }
      if let fault = record.fault { return CSVRecord(line: record.line, fault: fault) }
      return CSVRecord(line: record.line, cells: record.cells)
    }
  }

  private struct RecordInProgress {
    let start: Int
    let line: Int
    var cells: [String] = []
    /// A fault that does not keep the rest of the record from being read.
    var fault: CSVRecord.Fault?
  }

  /// Reads a cell and stops behind it, at a delimiter, a line end or the end.
  private mutating func readCell(_ record: inout RecordInProgress) -> CSVRecord.Fault? {
    let content: ArraySlice<UInt8>
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
      let opened = line
      guard let unquoted = takeQuoted(record.start) else { return .unclosedQuote(line: opened) }
      guard index == bytes.count || bytes[index] == delimiter || lineEnd(at: index) != nil else {
        return .textBehindQuote(line: line)
      }
      content = unquoted
    } else {
      let start = index
      while index < bytes.count, bytes[index] != delimiter, lineEnd(at: index) == nil { index += 1 }
      content = bytes[start..<index]
    }
    guard index - record.start <= Self.mostRecordBytes else { return .tooLong }
    let text = encoding.decoded(content)
    if text == nil, record.fault == nil { record.fault = .undecodable(cell: record.cells.count) }
    record.cells.append(text ?? "")
    return nil
  }

  /// Takes a cell in quotes; nil where it is not closed.
  private mutating func takeQuoted(_ recordStart: Int) -> ArraySlice<UInt8>? {
    var content: [UInt8] = []
    index += 1
    var copied = index
    while index < bytes.count, index - recordStart <= Self.mostRecordBytes {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        content.append(contentsOf: bytes[copied..<index])
        index += 1
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return content[...] }
        copied = index
        index += 1
      } else if let width = lineEnd(at: index) {
        line += 1
        index += width
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Gives a record as a fault, and goes on at the line below the one where it begins: what stands there is more likely a row
  /// than the inside of a cell, and if it is not, it does not fit the header.
  private mutating func leaveOut(_ record: RecordInProgress, _ fault: CSVRecord.Fault) -> CSVRecord {
    (index, line) = (record.start, record.line)
    while index < bytes.count {
      if let width = lineEnd(at: index) {
        index += width
        line += 1
        break
      }
      index += 1
    }
    return CSVRecord(line: record.line, fault: fault)
  }

  /// Bytes of the line end at `place`; nil where there is none.
  private func lineEnd(at place: Int) -> Int? {
    switch bytes[place] {
    case UInt8(ascii: "\n"): 1
    case UInt8(ascii: "\r"): place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "\n") ? 2 : 1
    default: nil
    }
  }
}
