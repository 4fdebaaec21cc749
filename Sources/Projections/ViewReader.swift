import EDTF
import EventLog
import JSON
import LMDB

/// Answers questions to one view as of one position, inside one read transaction.
package struct ViewReader {
  private let projector: any Projector
  private let table: ViewTable
  let finder: RowFinder
  /// The views that were looked at, the one asked among them.
  package let consulted = ConsultedViews()
  private let parser = JSONParser(maximumByteCount: JSONLimits.largestByteCount)

  /// A reader of `view`; nil where there is no such view.
  ///
  /// - Parameter position: at most the one the view has reached.
  package init?(
    _ view: String, of engine: ViewEngine, state: ViewState, asOf position: UInt64
  ) {
    let catalogue = engine.tables
    guard let projector = engine.projector(of: view), let table = catalogue.tables[state.tableName],
      let registry = catalogue.registry
    else { return nil }
    self.projector = projector
    self.table = ViewTable(view: view, table: table, pairs: projector.indexesPairs)
    finder = RowFinder(
      tables: [view: self.table], engine: engine, projectors: engine.projectors, registry: registry,
      position: position, parser: parser, consulted: consulted)
    consulted.insert(view)
  }

  // MARK: One row

  /// The row of this key; nil where there is none.
  package func row(
    _ key: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> StoredRow? {
    let parts = key.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let suffix = parts.count == 2 ? String(parts[1]) : ""
    guard let record = try table.record(String(parts[0]), asOf: finder.position, transaction),
      let fields = record.rows.first(where: { $0.suffix == suffix })
    else { return nil }
    return StoredRow(record, fields, view: table.view, place: [], parser: parser)
  }

  // MARK: Many rows

  /// The rows that satisfy a question, in its order.
  package func answer(
    _ question: ViewQuestion, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> ViewAnswer {
    let conditions = try RowConditions(
      question, pairs: table.pairs, finder.registry, asOf: finder.position, transaction)
    var answer = ViewAnswer()
    var merge = FacetMerge(
      conditions.facets, PlaceFilter(position: finder.position), order: question.order, after: question.after)
    let policy = SourcePolicy(without: conditions.withoutSources, finder)
    while let place = try merge.next(table, transaction) {
      var row = try finder.row(at: place, table, transaction)
      if let policy {
        guard let reduced = try policy.reduced(row, of: projector, transaction) else { continue }
        row = reduced
      }
      guard conditions.hold(for: row) else { continue }
      let extended = projector.extends ? try extend(row, question, policy, transaction) : nil
      guard conditions.hold(forComputed: extended, parser) else { continue }
      if question.range != nil, row.bounds == nil {
        answer.undated += 1
        continue
      }
      guard answer.count < question.limit else {
        answer.cursor = merge.last
        break
      }
      append(row, extended, to: &answer.bytes)
      answer.count += 1
      merge.accept()
    }
    return answer
  }

  private func extend(
    _ row: StoredRow, _ question: ViewQuestion, _ policy: SourcePolicy?,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    try projector.extend(
      row, at: question.day,
      { request throws(ProjectionError) in
        guard let policy else { return try finder.rows(request, transaction) }
        return try policy.lookup(request, transaction)
      }, into: &writer)
    writer.endObject()
    return writer.bytes
  }

  /// Appends the row with its computed columns behind the others.
  private func append(_ row: StoredRow, _ extended: [UInt8]?, to bytes: inout [UInt8]) {
    if let extended, extended.count > 2 {
      bytes.append(contentsOf: row.json.dropLast())
      bytes.append(UInt8(ascii: ","))
      bytes.append(contentsOf: extended.dropFirst())
    } else {
      bytes.append(contentsOf: row.json)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
