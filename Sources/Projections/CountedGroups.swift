import JSON
import LMDB

/// Works out new versions of counted groups.
struct CountedGroups {
  private let projector: any CountingProjector
  private let view: FollowedView
  private let finder: RowFinder

  init(_ projector: any CountingProjector, _ view: FollowedView, _ finder: RowFinder) {
    self.projector = projector
    self.view = view
    self.finder = finder
  }

  func versions(
    _ changes: [Registry.ItemChange], _ transaction: borrowing WriteTransaction
  ) throws(ProjectionError) -> [ViewBuilder.Version] {
    var sums: [GroupKey: [String: Int]] = [:]
    func add(_ contributions: [Contribution], _ sign: Int) {
      for contribution in contributions {
        for (column, amount) in contribution.amounts {
          sums[contribution.key, default: [:]][column, default: 0] += sign * amount
        }
      }
    }
    for change in changes {
      if let old = change.old { add(projector.counts(of: old), -1) }
      add(projector.counts(of: change.new), 1)
    }
    for change in view.upstream.flatMap(\.changes) {
      for row in change.old { add(projector.counts(of: row), -1) }
      for row in change.new { add(projector.counts(of: row), 1) }
    }
    var versions: [ViewBuilder.Version] = []
    for (key, sum) in sums.sorted(by: { $0.key < $1.key }) where sum.values.contains(where: { $0 != 0 }) {
      var (previous, counts) = try standing(key, transaction)
      for (column, amount) in sum { counts[column, default: 0] += amount }
      let rows = counts.values.allSatisfy { $0 == 0 } ? [] : [projector.row(key, counts)]
      let record = GroupRecord(key, members: [], rows: rows)
      view.counts[key] = CountCache.Entry(record: record, counts: counts)
      versions.append(ViewBuilder.Version(record: record, previous: previous))
    }
    return versions
  }

  /// A group as it stands, and the counts in its row.
  private func standing(
    _ key: GroupKey, _ transaction: borrowing WriteTransaction
  ) throws(ProjectionError) -> (GroupRecord?, counts: [String: Int]) {
    if let known = view.counts[key] { return (known.record, known.counts) }
    let record = try view.table.record(key.text, asOf: finder.position, transaction)
    let row = record.flatMap { RowFinder.rows($0, in: view.table.view, finder.parser).first }
    var counts: [String: Int] = [:]
    for column in projector.counters { counts[column] = Int(row?.column(column)?.int ?? 0) }
    return (record, counts)
  }
}

/// Counted groups as they stand: the few that claim after claim adds to need not be read and parsed each time.
struct CountCache {
  struct Entry {
    let record: GroupRecord
    let counts: [String: Int]
  }

  /// Groups kept at the most; beyond, all are let go.
  private static let limit = 4_096

  private var entries: [GroupKey: Entry] = [:]

  subscript(_ key: GroupKey) -> Entry? {
    get { entries[key] }
    set {
      if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
      entries[key] = newValue
    }
  }
}
