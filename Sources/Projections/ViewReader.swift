import EDTF
import EventLog
import JSON
import LMDB

/// Answers questions to one view as of one position, inside one read transaction.
package struct ViewReader {
  private let projector: any Projector
  private let table: ViewTable
  private let registry: RegistryTables
  /// The position asked about.
  private let position: UInt64
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
    self.registry = registry
    self.position = position
  }

  // MARK: One row

  /// The row of this key; nil where there is none.
  package func row(
    _ key: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> StoredRow? {
    let parts = key.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let suffix = parts.count == 2 ? String(parts[1]) : ""
    guard let record = try table.record(String(parts[0]), asOf: position, transaction),
      let fields = record.rows.first(where: { $0.suffix == suffix })
    else { return nil }
    return StoredRow(record, fields, place: [], parser: parser)
  }

  // MARK: Many rows

  /// The rows that satisfy a question, in its order.
  package func answer(
    _ question: ViewQuestion, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> ViewAnswer {
    let conditions = try RowConditions(question, pairs: projector.indexesPairs, registry, asOf: position, transaction)
    var answer = ViewAnswer()
    var merge = FacetMerge(conditions.facets, order: question.order, after: question.after)
    while let place = try merge.next(table, transaction) {
      guard let row = try row(at: place, transaction), conditions.hold(for: row) else { continue }
      let extended = projector.extends ? try extend(row, question, transaction) : nil
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

  /// The row at a place of the index; nil where none stood there as of the position.
  private func row(
    at place: FacetMerge.Place, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> StoredRow? {
    guard place.from <= position, place.until == 0 || place.until > position else { return nil }
    guard let record = try table.record(prefix: place.groupPrefix, "\(place.bytes)", asOf: position, transaction),
      let fields = record.rows.first(where: { place.holds($0.suffix) })
    else {
      throw .damaged(view: table.view, key: "\(place.bytes)", reason: "the index has it, the groups do not")
    }
    return StoredRow(record, fields, place: place.bytes, parser: parser)
  }

  private func extend(
    _ row: StoredRow, _ question: ViewQuestion, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    try projector.extend(
      row, at: question.day,
      before: { condition throws(ProjectionError) in try rowBefore(row, condition, transaction) }, into: &writer)
    writer.endObject()
    return writer.bytes
  }

  /// The nearest row before `row` that shares its first two parties and satisfies a condition.
  private func rowBefore(
    _ row: StoredRow, _ condition: (StoredRow) -> Bool, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> StoredRow? {
    var facets: [Facet] = [.all]
    if !projector.indexesPairs, let party = row.parties.first {
      facets = [.party(party)]
    } else if row.parties.count > Facet.mostPaired {
      facets = [.crowd(row.parties[0])]
    } else if row.parties.count > 1 {
      facets = [.ordered(row.parties[0], row.parties[1])]
    } else if let party = row.parties.first {
      facets = [.party(party)]
    }
    var merge = FacetMerge(facets, order: .descending, after: row.place)
    while let place = try merge.next(table, transaction) {
      if let candidate = try self.row(at: place, transaction), condition(candidate) { return candidate }
    }
    return nil
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
