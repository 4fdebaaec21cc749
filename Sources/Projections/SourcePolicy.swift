import EventLog
import JSON
import LMDB

/// Answers as if some sources had said nothing: folds rows anew from the claims that came through none of them.
struct SourcePolicy {
  /// The sources left out, by entity id or text.
  private let excluded: Set<String>
  private let finder: RowFinder
  private let resolver: ItemResolver

  /// Nil where no source is left out.
  init?(without sources: [String], _ finder: RowFinder) {
    guard !sources.isEmpty else { return nil }
    excluded = Set(sources)
    self.finder = finder
    resolver = ItemResolver(finder.registry, EventCache(finder.registry.log), asOf: finder.position)
  }

  /// The row that is left of one; nil where nothing supports it any more.
  func reduced(
    _ row: StoredRow, of projector: any Projector, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> StoredRow? {
    guard projector.canLeaveOut else {
      throw .unanswerable(reason: "without-source cannot be asked of \(projector.name), whose rows are counts")
    }
    // Most rows rest on no claim of these sources; a row names only those who say so ultimately, not all of the chain.
    var items: [Item] = []
    var names = NameCache()
    var isWhole = projector.upstream.isEmpty
    for member in row.members {
      let item = try reading { () throws(EventLogError) in
        try resolver.item(try resolver.events.event(at: member, transaction), known: &names, transaction)
      }
      if excluded.isDisjoint(with: item.chain) { items.append(item) } else { isWhole = false }
    }
    if isWhole { return row }
    guard !items.isEmpty || row.members.isEmpty else { return nil }
    let key = GroupKey(text: row.group)
    let rows = try projector.fold(key, items) { request throws(ProjectionError) in
      try lookup(request, transaction)
    }
    let record = GroupRecord(key, members: items.map(\.position), rows: rows)
    guard let fields = record.rows.first(where: { $0.suffix == row.suffix }) else { return nil }
    return StoredRow(record, fields, view: row.view, place: row.place, parser: finder.parser)
  }

  /// Rows of other views, reduced likewise.
  func lookup(
    _ request: RowRequest, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [StoredRow] {
    var found: [StoredRow] = []
    for row in try finder.rows(request, transaction) {
      guard let projector = finder.projectors.first(where: { $0.name == row.view }) else { continue }
      if let reduced = try reduced(row, of: projector, transaction) { found.append(reduced) }
    }
    return found
  }
}
