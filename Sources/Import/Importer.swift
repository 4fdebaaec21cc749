import JSON
import Spelling

/// Makes events of the rows of a table, and tells of every row what became of it.
///
/// A row gives all events of the mapping whose conditions it meets. An event that cannot be made is left out with a finding;
/// the others of the row are made. An event that an earlier row has made in the same words is not made again, so that one
/// table can declare what many rows name.
package struct Importer {
  /// What the table turned out to be.
  package let encoding: TextEncoding
  package let delimiter: Delimiter
  /// Columns of the table that the mapping does not use.
  package let unusedColumns: [String]
  /// What became of the rows so far.
  package private(set) var tally = ImportTally()

  private let mapping: Mapping
  private let columns: [String]
  private let places: [String: Int]
  private var reader: CSVReader
  private var hasBegun = false
  /// The events made, by id: where, and what they say.
  private var made: [String: (line: Int?, content: Int)] = [:]

  /// An import of a whole table.
  ///
  /// - Throws: where the table has no header, not the columns of the mapping, or cannot be read by it.
  package init(_ bytes: [UInt8], mapping: Mapping) throws(ImportError) {
    let start = try Self.start(of: bytes)
    encoding = mapping.encoding ?? TextEncoding.detected(in: bytes)
    guard let delimiter = mapping.delimiter ?? Delimiter.detected(in: bytes[start...]) else {
      throw ImportError("The header does not tell the delimiter; state \"delimiter\" in the mapping.")
    }
    self.delimiter = delimiter
    reader = CSVReader(bytes, delimiter: delimiter, encoding: encoding, from: start)
    guard let header = reader.next() else { throw ImportError("The table is empty; it needs a header.") }
    guard header.fault == nil else { throw ImportError("The header, on line \(header.line), cannot be read.") }
    columns = header.cells.map { BlankTrimming.trimmed($0) }
    let needed = mapping.columns
    places = try Self.places(of: needed, in: columns)
    unusedColumns = columns.filter { !needed.contains($0) }
    self.mapping = mapping
  }

  /// Bytes of the table that are done.
  package var bytesRead: Int { reader.bytesRead }
  /// Lines of the table that are blank, so far.
  package var blankLines: Int { reader.blankLines }

  /// Behind the byte order mark, if there is one.
  private static func start(of bytes: [UInt8]) throws(ImportError) -> Int {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
      throw ImportError("The table is in UTF-16, or is no text; convert it to UTF-8.")
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private static func places(of needed: Set<String>, in columns: [String]) throws(ImportError) -> [String: Int] {
    var places: [String: Int] = [:]
    for name in needed.sorted() {
      guard let place = columns.firstIndex(of: name) else {
        let near = NearestName.suggestion(for: name, among: columns).map { " Did you mean \"\($0)\"?" }
        let known = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        throw ImportError("The table has no column \"\(name)\".\(near ?? " It has \(known).")")
      }
      guard columns.lastIndex(of: name) == place else {
        throw ImportError("The table has two columns \"\(name)\"; name one of them otherwise.")
      }
      places[name] = place
    }
    return places
  }

  /// What the next row gives; nil behind the last. The first step holds the events that stand for no row.
  package mutating func next() -> ImportStep? {
    guard hasBegun else {
      hasBegun = true
      var step = ImportStep()
      for event in mapping.onceEvents { add(event, to: &step) }
      return step
    }
    guard let record = reader.next() else { return nil }
    tally.rows += 1
    var step = ImportStep()
    if let finding = unreadable(record) {
      leaveOut(finding, &step)
    } else {
      take(Cells(places: places, record: record), &step)
    }
    for finding in step.findings { tally.add(finding) }
    return step
  }

  private mutating func leaveOut(_ finding: Finding, _ step: inout ImportStep) {
    tally.leftOutRows += 1
    step.findings.append(finding)
  }

  private mutating func take(_ cells: Cells, _ step: inout ImportStep) {
    let (asked, line) = (mapping.rowEvents.count, cells.record.line)
    tally.askedEvents += asked
    let before = (repeated: tally.repeatedEvents, leftOut: tally.leftOutEvents)
    for template in mapping.rowEvents {
      if template.applies(to: cells) {
        make(template, cells, &step)
      } else {
        tally.excludedEvents += 1
      }
    }
    let (lost, repeated) = (tally.leftOutEvents - before.leftOut, tally.repeatedEvents - before.repeated)
    switch (lost > 0, step.events.isEmpty && repeated == 0) {
    case (false, true):
      let message = "the row meets the conditions of no event of the mapping"
      leaveOut(Finding(.noEvent, loss: .row, line: line, message: message), &step)
    case (false, false):
      tally.wholeRows += 1
      guard step.events.isEmpty else { return }
      let message = "all its events were made of rows above, in the same words"
      step.findings.append(Finding(.repeatedRow, loss: .none, line: line, message: message))
    case (true, true): tally.leftOutRows += 1
    case (true, false): tally.partRows += 1
    }
  }

  /// Makes one event of a row, or tells why not.
  private mutating func make(_ template: EventTemplate, _ cells: Cells, _ step: inout ImportStep) {
    let line = cells.record.line
    var filling = Filling(cells)
    var id: String?
    do throws(RowError) {
      let name = try template.id(cells)
      id = name
      let bytes = try template.event(source: mapping.source, id: name, &filling)
      if let error = EventCheck.error(in: bytes) {
        let place = error.pointer.isEmpty ? "" : "\(error.pointer): "
        throw RowError(kind: .invalidEvent, message: place + error.message)
      }
      let event = MadeEvent(type: template.type, id: name, line: line, bytes: bytes)
      if try !isRepeated(event) { add(event, to: &step) }
    } catch {
      tally.leftOutEvents += 1
      step.findings.append(Finding(error, loss: .event, line: line, event: id ?? template.type))
    }
    for note in filling.notes {
      step.findings.append(Finding(note, loss: .none, line: line, event: id ?? template.type))
    }
  }

  /// Whether an event has been made before; then it is counted. Throws where its id stands for another event.
  private mutating func isRepeated(_ event: MadeEvent) throws(RowError) -> Bool {
    guard let earlier = made[event.id] else { return false }
    guard earlier.content == event.bytes.hashValue else {
      let place = earlier.line.map { "line \($0)" } ?? "the mapping itself"
      throw RowError(kind: .sameID, message: "\(place) has made another event of this id")
    }
    tally.repeatedEvents += 1
    return true
  }

  private mutating func add(_ event: MadeEvent, to step: inout ImportStep) {
    made[event.id] = (event.line, event.bytes.hashValue)
    step.events.append(event)
    tally.events[event.type, default: 0] += 1
    if event.line != nil { tally.rowEvents += 1 }
  }

  /// Why a record is no row; nil where it is one.
  private func unreadable(_ record: CSVRecord) -> Finding? {
    func finding(_ kind: Finding.Kind, column: String? = nil, _ message: String) -> Finding {
      Finding(kind, loss: .row, line: record.line, column: column, message: message)
    }
    switch record.fault {
    case .unclosedQuote(let line): return finding(.malformedRow, "the quote opened on line \(line) is not closed")
    case .textBehindQuote(let line):
      return finding(.malformedRow, "on line \(line) text stands behind a closing quote; double the quotes in a cell")
    case .tooLong: return finding(.malformedRow, "the row is longer than \(CSVReader.mostRecordBytes) bytes")
    case .undecodable(let cell):
      let column = columns.indices.contains(cell) ? columns[cell] : nil
      return finding(.encoding, column: column, "the cell is not text in \(encoding.rawValue)")
    case nil: break
    }
    guard record.cells.count != columns.count else { return nil }
    let cells = record.cells.count == 1 ? "1 cell" : "\(record.cells.count) cells"
    return finding(.raggedRow, "the row has \(cells), the header \(columns.count)")
  }
}

extension Finding {
  fileprivate init(_ error: RowError, loss: Loss, line: Int, event: String) {
    self.init(
      error.kind, loss: loss, line: line, column: error.column, value: error.value, event: event,
      message: error.message)
  }
}
