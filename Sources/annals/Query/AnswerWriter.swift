import AnnalsClient
import JSON
import Presentation

/// Writes the answer to a query in one of its forms.
struct AnswerWriter {
  let client: AnnalsClient
  let output: StandardOutput
  let view: String

  /// How a table shows rows.
  struct TableOptions {
    var showsIDs = false
    var showsKeys = false
    var language: String?
  }

  /// Writes rows as they come, byte for byte, a line each.
  func json(_ pages: QueryPages) async throws -> AnswerNotes {
    try await QueryPages.run(pages, client) { try output.line($0) }
  }

  /// Writes comma-separated values. All rows are gathered first: the header names the members of all.
  func csv(_ pages: QueryPages) async throws -> AnswerNotes {
    let (rows, notes) = try await gather(pages)
    let header = ViewLayout.of(view).header(of: rows)
    var bytes: [UInt8] = []
    CSV.append(header, to: &bytes)
    for row in rows {
      CSV.append(header.map { CSV.field(row[$0]) }, to: &bytes)
      try output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try output.write(bytes)
    return notes
  }

  /// Writes a table, and below it what it is.
  func table(_ pages: QueryPages, _ options: TableOptions) async throws -> AnswerNotes {
    let (rows, notes) = try await gather(pages)
    let layout = ViewLayout.of(view)
    let labels = try await labels(layout.entityIDs(in: rows), notes, options)
    if !rows.isEmpty {
      try TableOutput.write(layout.table(rows, labels: labels, showsKeys: options.showsKeys), to: output)
    }
    try output.line(notes.footer)
    return notes
  }

  /// Draws the figures of `trade-volume`.
  func chart(_ pages: QueryPages, _ options: TableOptions, _ characters: BarChart.Characters) async throws
    -> AnswerNotes
  {
    let (rows, notes) = try await gather(pages)
    let ids = ViewLayout.of(view).entityIDs(in: rows)
    let (charts, omitted) = TradeChart.charts(rows, labels: try await labels(ids, notes, options))
    for chart in charts {
      let lines = chart.lines(
        width: Terminal.output.width, characters: characters, isolates: Terminal.output.isTerminal)
      for line in lines { try output.line(line) }
      try output.line("")
    }
    if omitted > 0 {
      try output.line("\(omitted) of the rows have no single amount and no bar; --table shows them.")
    }
    try output.line(notes.footer)
    return notes
  }

  private func gather(_ pages: QueryPages) async throws -> (rows: [JSONValue], notes: AnswerNotes) {
    let parser = RowParser()
    var rows: [JSONValue] = []
    let notes = try await QueryPages.run(pages, client) { rows.append(try parser.value($0)) }
    return (rows, notes)
  }

  /// The labels of entities, unless they are not wanted.
  private func labels(
    _ ids: [String], _ notes: AnswerNotes, _ options: TableOptions
  ) async throws -> [String: String] {
    guard !options.showsIDs else { return [:] }
    return try await EntityLabels.fetchIfServed(ids, asOf: notes.position, language: options.language, client)
  }
}
