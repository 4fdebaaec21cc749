import EventLog
import JSON
import LMDB

/// A view whose rows count: how many claims a source made, how many of its plans came true. What an item or an upstream
/// row adds to a row is taken away again when it changes, so that no row has to look at all that it counts.
package protocol CountingProjector: Projector {
  /// Names of the columns that hold counts.
  var counters: [String] { get }
  /// What an item adds to which rows.
  func counts(of item: Item) -> [Contribution]
  /// What a row of an upstream view adds to which rows.
  func counts(of row: StoredRow) -> [Contribution]
  /// The row of a group; not asked where all counts are zero.
  func row(_ key: GroupKey, _ counts: [String: Int]) -> Row
}

/// What one thing adds to a row's counts.
package struct Contribution: Sendable {
  package let key: GroupKey
  /// Amounts by column.
  package let amounts: [String: Int]

  package init(_ key: GroupKey, _ amounts: [String: Int]) {
    self.key = key
    self.amounts = amounts
  }
}

extension CountingProjector {
  package func keys(of _: Item) -> [GroupKey] { [] }
}

/// Works out new versions of counted groups.
struct CountedGroups {
  private let projector: any CountingProjector
  private let table: ViewTable
  private let finder: RowFinder

  init(_ projector: any CountingProjector, _ table: ViewTable, _ finder: RowFinder) {
    self.projector = projector
    self.table = table
    self.finder = finder
  }

  func versions(
    _ changes: [Registry.ItemChange], _ upstream: [RowChange], _ transaction: borrowing WriteTransaction
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
    for change in upstream {
      for row in change.old { add(projector.counts(of: row), -1) }
      for row in change.new { add(projector.counts(of: row), 1) }
    }
    var versions: [ViewBuilder.Version] = []
    for (key, sum) in sums.sorted(by: { $0.key < $1.key }) where sum.values.contains(where: { $0 != 0 }) {
      let previous = try table.record(key.text, asOf: finder.position, transaction)
      let row = previous.flatMap { RowFinder.rows($0, in: table.view, finder.parser).first }
      var counts: [String: Int] = [:]
      for column in projector.counters {
        counts[column] = Int(row?.column(column)?.int ?? 0) + (sum[column] ?? 0)
      }
      let rows = counts.values.allSatisfy { $0 == 0 } ? [] : [projector.row(key, counts)]
      versions.append(ViewBuilder.Version(record: GroupRecord(key, members: [], rows: rows), previous: previous))
    }
    return versions
  }
}
