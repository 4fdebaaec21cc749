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
