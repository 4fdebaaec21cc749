import Claims
import Import
import JSON

/// Tables: a mapping before a line `---`, or one of those here, and the table. Every row is accounted for, every event made is
/// one that the daemon takes, and the same table gives the same events again.
enum ImportProperties {
  /// What the first byte of an input without a mapping of its own chooses from.
  private static let mappings = [
    #"""
    {"source":"desk","dates":{"a":{"formats":["iso","dmy","words","year","edtf"],"sentinels":{"9999":"absent"}}},
    "lookups":{"l":{"x":"y"}},"each":[{"type":"entity.declared","id":"e/{a}","data":{"entity":{"text":"e/{a}"},
    "kind":"treaty","names":{"en":[{"column":"a"}]}}},{"type":"claim.treaty","id":"t/{a}/{b}","where":[{"column":"b",
    "isNot":[""]}],"data":{"treaty":{"column":"a"},"action":"signed","parties":{"column":"b","split":["/"]},
    "when":{"column":"a","as":"when"},"evidence":[{"document":"d"}]}}]}
    """#,
    #"""
    {"source":"desk","dates":{"a":{"formats":["iso","dmy","words"]}},"each":[{"type":"claim.treaty","id":"{a}",
    "data":{"treaty":"t","action":"signed","when":{"column":"a","as":"when"},"evidence":[{"document":"d"}]}}]}
    """#,
  ]

  static func check(_ input: [UInt8]) throws {
    let separator = Array("\n---\n".utf8)
    let mapping: Mapping?
    let table: [UInt8]
    if let range = input.firstRange(of: separator) {
      mapping = try? Mapping(parsing: Array(input[..<range.lowerBound]))
      table = Array(input[range.upperBound...])
    } else {
      let text = mappings[Int(input.first ?? 0) % mappings.count].filter { $0 != "\n" }
      mapping = try must("a mapping of the target") { () throws(ImportError) in try Mapping(parsing: Array(text.utf8)) }
      table = Array(input.dropFirst())
    }
    try checkCells(of: table)
    guard let mapping else { return }
    let made = try events(of: table, mapping)
    try hold(try events(of: table, mapping) == made, "the same table gives other events")
  }

  private static func events(of table: [UInt8], _ mapping: Mapping) throws -> [MadeEvent] {
    guard var importer = try? Importer(table, mapping: mapping) else { return [] }
    var made: [MadeEvent] = []
    var ids: Set<[UInt8]> = []
    var line = 0
    while let step = importer.next() {
      for event in step.events {
        let root = try must("an event") { () throws(JSONError) in try JSONParser().parse(event.bytes).root }
        let read = try must("event \(event.id)") { () throws(EventError) in try Event(root) }
        try hold(read.id == event.id && read.type == event.type, "event \(event.id) is another")
        try hold(ids.insert(Array(event.id.utf8)).inserted, "the id \(event.id) stands for two events")
        try hold((event.line ?? line) >= line, "line \(event.line ?? 0) behind line \(line)")
        line = event.line ?? line
        made.append(event)
      }
      for finding in step.findings { try hold(!finding.message.isEmpty, "a finding without words") }
    }
    try hold(importer.tally.isBalanced, "rows or events are not accounted for: \(importer.tally)")
    try hold(importer.bytesRead == table.count, "\(importer.bytesRead) of \(table.count) bytes were read")
    return made
  }

  /// What is read of a table and written as RFC 4180 has it is read as the same.
  private static func checkCells(of table: [UInt8]) throws {
    for delimiter in Delimiter.allCases {
      for encoding in TextEncoding.allCases {
        var reader = CSVReader(table, delimiter: delimiter, encoding: encoding)
        var rows: [[String]] = []
        var text = ""
        while let record = reader.next() {
          guard record.fault == nil else {
            try hold(record.cells.isEmpty, "cells in spite of a fault")
            continue
          }
          try hold(!record.cells.isEmpty, "a row without cells")
          rows.append(record.cells)
          text += record.cells.map { "\"" + doubled($0) + "\"" }.joined(separator: delimiter.rawValue) + "\r\n"
        }
        try hold(reader.bytesRead == table.count, "\(reader.bytesRead) of \(table.count) bytes were read")
        var again = CSVReader(Array(text.utf8), delimiter: delimiter, encoding: .utf8)
        for row in rows {
          try hold(again.next()?.cells.map { Array($0.utf8) } == row.map { Array($0.utf8) }, "\(row) is read otherwise")
        }
        try hold(again.next() == nil, "a row more")
      }
    }
  }

  /// By scalars: as characters, a quote and what stands beside it may be one.
  private static func doubled(_ cell: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      scalars.append(scalar)
      if scalar == "\"" { scalars.append(scalar) }
    }
    return String(scalars)
  }
}
