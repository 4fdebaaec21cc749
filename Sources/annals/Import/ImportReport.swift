import Import
import JSON
import Presentation

/// What `annals import` says of a table.
struct ImportReport {
  /// Columns of a cell that are shown.
  private static let cellWidth = 60

  /// The table's name.
  let file: String
  let importer: Importer
  /// What became of the rows, the daemon's refusals included.
  var tally: ImportTally

  init(file: String, importer: Importer) {
    self.file = file
    self.importer = importer
    tally = importer.tally
  }

  /// The report for people, a sentence a line.
  var lines: [String] {
    var lines = [rows, events]
    for kind in Finding.Kind.allCases {
      guard let found = tally.findings[kind] else { continue }
      lines += found.first.map(line)
      let more = found.count - found.first.count
      if more > 0 { lines.append("\(file): \(NumberText.count(more)) more \(kind.rawValue); --report FILE tells all.") }
    }
    if !importer.unusedColumns.isEmpty {
      let names = importer.unusedColumns.map { "\"\($0)\"" }.joined(separator: ", ")
      lines.append("\(file): columns that the mapping does not use: \(names)")
    }
    return lines
  }

  /// `treaties.csv: 8 rows (utf-8, semicolon): 6 taken, 1 taken in part, 1 left out`.
  private var rows: String {
    var parts = ["\(NumberText.count(tally.wholeRows)) taken"]
    if tally.partRows > 0 { parts.append("\(NumberText.count(tally.partRows)) taken in part") }
    if tally.leftOutRows > 0 { parts.append("\(NumberText.count(tally.leftOutRows)) left out") }
    let blank = importer.blankLines > 0 ? ", \(NumberText.count(importer.blankLines)) blank" : ""
    return
      "\(file): \(Self.count(tally.rows, "row")) (\(importer.encoding.rawValue), \(importer.delimiter.name)\(blank)): "
      + parts.joined(separator: ", ")
  }

  /// `treaties.csv: 9 events: 8 claim.treaty, 1 document.registered; 2 left out`.
  private var events: String {
    let types = tally.events.sorted { $0.key < $1.key }.map { "\(NumberText.count($0.value)) \($0.key)" }
    var text = "\(file): \(Self.count(tally.events.values.reduce(0, +), "event"))"
    if !types.isEmpty { text += ": \(types.joined(separator: ", "))" }
    if tally.leftOutEvents > 0 { text += "; \(NumberText.count(tally.leftOutEvents)) left out" }
    if tally.repeatedEvents > 0 { text += "; \(NumberText.count(tally.repeatedEvents)) made before by a row above" }
    return text
  }

  /// `treaties.csv:7: signed "31.04.1999": date: there is no day 31 in month 4 of 1999`.
  private func line(_ finding: Finding) -> String {
    var place = "\(file):\(finding.line): "
    if let column = finding.column {
      let value = finding.value.map { " \"\(TextWidth.truncated($0, to: Self.cellWidth))\"" }
      place += "\(column)\(value ?? ""): "
    }
    let loss =
      switch finding.loss {
      case .none: ""
      case .event: " (left out: \(finding.event ?? "the event"))"
      case .row: " (left out: the row)"
      }
    return "\(place)\(finding.kind.rawValue): \(finding.message)\(loss)"
  }

  private static func count(_ count: Int, _ thing: String) -> String {
    "\(NumberText.count(count)) \(thing)\(count == 1 ? "" : "s")"
  }
}

// MARK: - For programs

extension ImportReport {
  /// A finding as one JSON object.
  static func json(_ finding: Finding) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("finding")
    writer.string(finding.kind.rawValue)
    writer.key("line")
    writer.int(finding.line)
    writer.key("leftOut")
    writer.string(finding.loss.rawValue)
    for (name, text) in [
      ("column", finding.column), ("value", finding.value), ("event", finding.event), ("message", finding.message),
    ] {
      guard let text else { continue }
      writer.key(name)
      writer.string(text)
    }
    writer.endObject()
    return writer.bytes
  }

  /// The numbers as one JSON object.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, text) in [
      ("file", file), ("encoding", importer.encoding.rawValue), ("delimiter", importer.delimiter.rawValue),
    ] {
      writer.key(name)
      writer.string(text)
    }
    for (name, number) in [
      ("rows", tally.rows), ("rowsTaken", tally.wholeRows), ("rowsInPart", tally.partRows),
      ("rowsLeftOut", tally.leftOutRows), ("blankLines", importer.blankLines), ("eventsLeftOut", tally.leftOutEvents),
      ("eventsRepeated", tally.repeatedEvents), ("eventsNotApplicable", tally.excludedEvents),
    ] {
      writer.key(name)
      writer.int(number)
    }
    Self.write("events", tally.events, to: &writer)
    let findings = tally.findings.map { ($0.key.rawValue, $0.value.count) }
    Self.write("findings", Dictionary(uniqueKeysWithValues: findings), to: &writer)
    writer.key("unusedColumns")
    writer.beginArray()
    for name in importer.unusedColumns { writer.string(name) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  private static func write(_ name: String, _ counts: [String: Int], to writer: inout JSONWriter) {
    writer.key(name)
    writer.beginObject()
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      writer.key(key)
      writer.int(count)
    }
    writer.endObject()
  }
}
