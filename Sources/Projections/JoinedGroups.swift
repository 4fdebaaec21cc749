import Claims
import EventLog
import LMDB

/// Joins groups of a view that a reviewer's judgement says are one: claims whose own keys keep them apart meet in the
/// group with the least of their keys.
///
/// What is joined hangs on the judgements that stand alone, not on the order in which they and the claims came: keys are
/// nodes, a judgement between two claims connects the nodes of both, and what is connected is one group.
struct JoinedGroups {
  private let builder: ViewBuilder
  private let relation: ReviewLinked.Relation
  private let registry: Registry

  init(_ builder: ViewBuilder, _ relation: ReviewLinked.Relation, _ registry: Registry) {
    self.builder = builder
    self.relation = relation
    self.registry = registry
  }

  private var table: ViewTable { builder.table }

  /// The new versions of all groups concerned; nil where no judgement joins, or joined, any of them.
  ///
  /// - Parameter touched: the claims' own keys, with what leaves and enters them.
  func versions(
    _ touched: [GroupKey: ViewBuilder.Touch], _ changes: [Registry.ItemChange], _ transaction: inout WriteTransaction
  ) throws(ProjectionError) -> [ViewBuilder.Version]? {
    guard try hasReviews(transaction) else { return nil }
    let links = changes.flatMap { [$0.old, $0.new].compactMap(\.self) }.flatMap { $0.review.links }.filter {
      $0.relation == relation
    }
    var previous: [GroupKey: GroupRecord?] = [:]
    var isJoined = !links.isEmpty
    for key in touched.keys {
      if try take(key, into: &previous, transaction) { isJoined = true }
    }
    guard isJoined else { return nil }
    for other in try builder.load(Set(links.map(\.other)).sorted(), registry, transaction) {
      for key in try builder.projector.keys(of: other) { _ = try take(key, into: &previous, transaction) }
    }

    var members = Set(previous.values.flatMap { $0?.members ?? [] })
    for touch in touched.values { members.subtract(touch.removed) }
    for touch in touched.values { members.formUnion(touch.added) }
    let items = try builder.load(members.sorted(), registry, transaction)
    let (groups, own) = try connect(items)
    try note(groups, own.union(touched.keys), &transaction)

    var versions: [ViewBuilder.Version] = []
    for (key, items) in groups.items.sorted(by: { $0.key < $1.key }) {
      var before: GroupRecord?
      if let known = previous[key] {
        before = known
      } else {
        before = try table.record(key.text, asOf: builder.finder.position, transaction)
      }
      versions.append(ViewBuilder.Version(record: try builder.fold(key, items, transaction), previous: before))
    }
    for (key, before) in previous.sorted(by: { $0.key < $1.key }) where groups.items[key] == nil {
      versions.append(
        ViewBuilder.Version(record: GroupRecord(key, members: [], rows: []), previous: before))
    }
    return versions
  }

  private func hasReviews(_ transaction: borrowing WriteTransaction) throws(ProjectionError) -> Bool {
    try fetching { () throws(LMDBError) in try transaction.count(of: registry.tables.reviews) > 0 }
  }

  /// Takes the group in which a claim's own key stands now; tells whether it stands there together with others.
  private func take(
    _ key: GroupKey, into previous: inout [GroupKey: GroupRecord?], _ transaction: borrowing WriteTransaction
  ) throws(ProjectionError) -> Bool {
    let joined = try fetching { () throws(LMDBError) in try table.joinedGroup(of: key.text, transaction) }
    let group = GroupKey(text: joined ?? key.text)
    if previous[group] == nil {
      previous[group] = .some(try table.record(group.text, asOf: builder.finder.position, transaction))
    }
    return joined != nil
  }

  private struct Groups {
    /// The items of each group.
    var items: [GroupKey: [Item]] = [:]
    /// The group of each item's own key.
    var group: [GroupKey: GroupKey] = [:]
  }

  /// Groups items: those of one key together, and those that judgements connect.
  private func connect(_ items: [Item]) throws(ProjectionError) -> (Groups, own: Set<GroupKey>) {
    var keys: [UInt64: GroupKey] = [:]
    for item in items { keys[item.position] = try builder.projector.keys(of: item).first }
    var neighbours: [GroupKey: Set<GroupKey>] = [:]
    for item in items {
      guard let key = keys[item.position] else { continue }
      neighbours[key, default: []].insert(key)
      for other in item.review.others(relation, .yes) {
        guard let joined = keys[other] else { continue }
        neighbours[key, default: []].insert(joined)
        neighbours[joined, default: []].insert(key)
      }
    }
    var groups = Groups()
    for start in neighbours.keys.sorted() where groups.group[start] == nil {
      var waiting = [start]
      groups.group[start] = start
      while let key = waiting.popLast() {
        for next in neighbours[key] ?? [] where groups.group[next] == nil {
          groups.group[next] = start
          waiting.append(next)
        }
      }
    }
    for item in items {
      guard let key = keys[item.position], let group = groups.group[key] else { continue }
      groups.items[group, default: []].append(item)
    }
    return (groups, Set(neighbours.keys))
  }

  /// Notes for every key concerned with which others its claims stand from here on.
  private func note(
    _ groups: Groups, _ keys: Set<GroupKey>, _ transaction: inout WriteTransaction
  ) throws(ProjectionError) {
    let sizes = Dictionary(grouping: groups.group.values, by: \.self).mapValues(\.count)
    try fetching { () throws(LMDBError) in
      for key in keys {
        let group = groups.group[key]
        let isShared = group.map { sizes[$0, default: 0] > 1 } ?? false
        try table.join(key.text, to: isShared ? group?.text : nil, &transaction)
      }
    }
  }
}
