import EDTF
import EventLog
import JSON
import LMDB
import Spelling

/// Finds rows of views as of one position: what a ``RowLookup`` asks.
struct RowFinder {
  /// The views at hand.
  let tables: [String: ViewTable]
  /// Knows the others, as they are served.
  var engine: ViewEngine?
  let projectors: [any Projector]
  let registry: RegistryTables
  let position: UInt64
  let parser: JSONParser
  /// Notes the views that are looked into, where somebody wants to know.
  var consulted: ConsultedViews?

  /// Rows looked at for one request at the most. Whoever has more contacts with one partner in one period than that
  /// is told of the first.
  private static let mostRows = 10_000

  func rows(
    _ request: RowRequest, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [StoredRow] {
    switch request {
    case .group(let view, let key):
      let record = try table(of: view, transaction).record(key, asOf: position, transaction)
      guard let record else { return [] }
      return Self.rows(record, in: view, parser)
    case .touching(let view, let parties, let bounds):
      return try touching(view, parties, bounds, transaction)
    case .dated(let view, let term, let bounds):
      return try dated(view, term, bounds, transaction)
    case .coarse(let view, let parties, let bounds):
      let table = try table(of: view, transaction)
      return try walk(table, [.coarse(of: parties)], .init(like: bounds), transaction) { _ in true }
    case .term(let view, let term):
      return try walk(try table(of: view, transaction), [.term(term)], .any, transaction) { $0.terms.contains(term) }
    case .before(let row, let condition):
      return try before(row, condition, transaction).map { [$0] } ?? []
    case .query(let view, let filters): return try query(view, filters, transaction)
    case .entities(let name): return try entities(like: name, transaction)
    }
  }

  /// The table of a view, as it is served in the snapshot of the transaction.
  private func table(
    of view: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> ViewTable {
    consulted?.insert(view)
    if let table = tables[view] { return table }
    guard let engine, let projector = engine.projector(of: view), let state = try engine.state(of: view, transaction),
      let table = engine.tables.tables[state.tableName]
    else { throw .impossible(reason: "there is no view \(view) to look into") }
    if let frozen = state.frozenAt, frozen < position {
      throw .impossible(reason: "\(view), of which this view speaks, does not reach position \(position) yet")
    }
    return ViewTable(view: view, table: table, pairs: projector.indexesPairs)
  }

  /// The rows of a group's record.
  static func rows(_ record: GroupRecord, in view: String, _ parser: JSONParser) -> [StoredRow] {
    record.rows.map { StoredRow(record, $0, view: view, place: [], parser: parser) }
  }

  private func touching(
    _ view: String, _ parties: [String], _ bounds: Bounds?, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [StoredRow] {
    let table = try table(of: view, transaction)
    let days = bounds.map { PlaceFilter.Days(like: $0) } ?? .any
    return try walk(table, Self.facets(of: parties, table), days, transaction) { row in
      parties.allSatisfy(row.parties.contains)
    }
  }

  /// The facets that hold all rows with these parties, and the fewest others.
  private static func facets(of parties: [String], _ table: ViewTable) -> [Facet] {
    // One party may stand there twice, as who visits and who is visited.
    let distinct = Set(parties).sorted()
    return switch distinct.count {
    case 0: [.all]
    case 2... where table.pairs: [.ordered(distinct[0], distinct[1]), .crowd(distinct[0])]
    default: [.party(distinct[0])]
    }
  }

  private func dated(
    _ view: String, _ term: String, _ bounds: Bounds, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [StoredRow] {
    let table = try table(of: view, transaction)
    var start = KeyBuilder(capacity: 16)
    RowOrder(bounds).append(to: &start)
    var found: [StoredRow] = []
    var merge = FacetMerge([.term(term)], PlaceFilter(position: position), from: start.bytes)
    while found.count < Self.mostRows, let place = try merge.next(table, transaction),
      place.bytes.starts(with: start.bytes)
    {
      let row = try row(at: place, table, transaction)
      if row.terms.contains(term) { found.append(row) }
    }
    return found
  }

  /// The rows of facets that are of some days and satisfy a condition.
  private func walk(
    _ table: ViewTable, _ facets: [Facet], _ days: PlaceFilter.Days,
    _ transaction: borrowing some Transaction & ~Copyable, _ condition: (StoredRow) -> Bool
  ) throws(ProjectionError) -> [StoredRow] {
    var found: [StoredRow] = []
    var merge = FacetMerge(facets, PlaceFilter(position: position, days: days))
    while found.count < Self.mostRows, let place = try merge.next(table, transaction) {
      let row = try row(at: place, table, transaction)
      if condition(row) { found.append(row) }
    }
    return found
  }

  /// The row at a place of the index, where one stood as of the position.
  func row(
    at place: FacetMerge.Place, _ table: ViewTable, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> StoredRow {
    guard let record = try table.record(prefix: place.groupPrefix, "\(place.bytes)", asOf: position, transaction),
      let fields = record.rows.first(where: { place.holds($0.suffix) })
    else {
      throw .damaged(view: table.view, key: "\(place.bytes)", reason: "the index has it, the groups do not")
    }
    return StoredRow(record, fields, view: table.view, place: place.bytes, parser: parser)
  }

  private func before(
    _ row: StoredRow, _ condition: (StoredRow) -> Bool, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> StoredRow? {
    let table = try table(of: row.view, transaction)
    var facet = Facet.all
    if !table.pairs, let party = row.parties.first {
      facet = .party(party)
    } else if row.parties.count > Facet.mostPaired {
      facet = .crowd(row.parties[0])
    } else if row.parties.count > 1 {
      facet = .ordered(row.parties[0], row.parties[1])
    } else if let party = row.parties.first {
      facet = .party(party)
    }
    var merge = FacetMerge([facet], PlaceFilter(position: position), order: .descending, after: row.place)
    while let place = try merge.next(table, transaction) {
      let candidate = try self.row(at: place, table, transaction)
      if condition(candidate) { return candidate }
    }
    return nil
  }

  private func query(
    _ view: String, _ filters: [(name: String, values: [String])],
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [StoredRow] {
    guard let projector = projectors.first(where: { $0.name == view }) else {
      throw .unanswerable(reason: "there is no view \(view)")
    }
    let question: ViewQuestion
    // States that hang on a day are not asked here; any day will do.
    do throws(QuestionError) { question = try ViewQuestion(filters, to: projector, at: Day(number: 0)) } catch {
      throw .unanswerable(reason: "\(error)")
    }
    let table = try table(of: view, transaction)
    let conditions = try RowConditions(question, pairs: table.pairs, registry, asOf: position, transaction)
    var found: [StoredRow] = []
    var merge = FacetMerge(conditions.facets, PlaceFilter(position: position))
    while found.count < Self.mostRows, let place = try merge.next(table, transaction) {
      let row = try row(at: place, table, transaction)
      guard conditions.hold(for: row) else { continue }
      if question.range != nil, row.bounds == nil { continue }
      found.append(row)
    }
    return found
  }

  private func entities(
    like name: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [StoredRow] {
    let skeleton = NameSkeleton.key(name)
    guard !skeleton.isEmpty else { return [] }
    let table = try table(of: "entities", transaction)
    let ids = try fetching { () throws(LMDBError) in
      try registry.texts(
        under: KeyBuilder.bounded(skeleton, limit: RegistryTables.nameLimit), asOf: position, in: registry.skeletons,
        limit: 20, transaction)
    }
    let resolution = EntityResolution(registry, EventCache(registry.log), asOf: position)
    var rows: [StoredRow] = []
    for id in ids {
      let entity = try reading { () throws(EventLogError) in try resolution.entity(named: id, transaction) }
      guard !rows.contains(where: { $0.parties.first == entity }),
        let record = try table.record(GroupKey(entity).text, asOf: position, transaction)
      else { continue }
      rows += Self.rows(record, in: table.view, parser)
    }
    return rows
  }
}
