import EventLog
import JSON
import LMDB

/// Folds one view's groups as the log goes by: finds the groups that an event touches and writes their new versions.
struct ViewBuilder {
  let view: FollowedView
  /// Finds rows of this view and of those it rests on.
  let finder: RowFinder

  var projector: any Projector { view.projector }
  var table: ViewTable { view.table }

  /// The members that a group loses and gains.
  struct Touch {
    var removed: Set<UInt64> = []
    var added: Set<UInt64> = []
  }

  /// A group's new version beside the one before.
  struct Version {
    let record: GroupRecord
    let previous: GroupRecord?
  }

  /// Takes in the changes that the event at the finder's position makes, in this view's items and in the rows it rests on.
  /// Nothing is written where the projector throws.
  func apply(
    _ changes: [Registry.ItemChange], _ registry: Registry, _ transaction: inout WriteTransaction
  ) throws(ProjectionError) {
    if !view.changes.isEmpty { view.changes = [] }
    let versions: [Version]
    if let counter = view.counter {
      versions = try CountedGroups(counter, view, finder).versions(changes, transaction)
    } else {
      var touched = try touches(changes)
      for upstream in view.upstream {
        for change in upstream.changes {
          let keys = try projector.keys(of: change) { request throws(ProjectionError) in
            try finder.rows(request, transaction)
          }
          for key in keys where touched[key] == nil { touched[key] = Touch() }
        }
      }
      guard !touched.isEmpty else { return }
      versions = try self.versions(touched, changes, registry, &transaction)
    }
    for version in versions { try store(version, &transaction) }
  }

  private func versions(
    _ touched: [GroupKey: Touch], _ changes: [Registry.ItemChange], _ registry: Registry,
    _ transaction: inout WriteTransaction
  ) throws(ProjectionError) -> [Version] {
    if let relation = projector.joins,
      let joined = try JoinedGroups(self, relation, registry).versions(touched, changes, &transaction)
    {
      return joined
    }
    var versions: [Version] = []
    for (key, touch) in touched.sorted(by: { $0.key < $1.key }) {
      let previous = try table.record(key.text, asOf: finder.position, transaction)
      var members = Set(previous?.members ?? [])
      members.subtract(touch.removed)
      members.formUnion(touch.added)
      let items = try load(members.sorted(), registry, transaction)
      versions.append(Version(record: try fold(key, items, transaction), previous: previous))
    }
    return versions
  }

  /// The group of these items, folded.
  func fold(
    _ key: GroupKey, _ items: [Item], _ transaction: borrowing WriteTransaction
  ) throws(ProjectionError) -> GroupRecord {
    let rests = !items.isEmpty || !projector.upstream.isEmpty
    let rows =
      try rests
      ? projector.fold(key, items) { request throws(ProjectionError) in try finder.rows(request, transaction) } : []
    return GroupRecord(key, members: items.map(\.position), rows: rows)
  }

  private func store(_ version: Version, _ transaction: inout WriteTransaction) throws(ProjectionError) {
    // A group that is what it was needs no new version, nor does one that never was.
    guard version.record != version.previous else { return }
    if version.previous == nil, version.record.members.isEmpty, version.record.rows.isEmpty { return }
    let difference = try fetching { () throws(LMDBError) in
      try table.store(version.record, at: finder.position, previous: version.previous, &transaction)
    }
    view.lastChange = finder.position
    if difference != 0 {
      view.state.rows += difference
      view.isDirty = true
    }
    guard view.isUpstream else { return }
    view.changes.append(
      RowChange(
        view: table.view, key: version.record.key,
        old: version.previous.map { RowFinder.rows($0, in: table.view, finder.parser) } ?? [],
        new: RowFinder.rows(version.record, in: table.view, finder.parser)))
  }

  /// The groups that items leave and enter. One that an item stays in is touched all the same: what it says may differ.
  private func touches(_ changes: [Registry.ItemChange]) throws(ProjectionError) -> [GroupKey: Touch] {
    var touched: [GroupKey: Touch] = [:]
    for change in changes {
      if let old = change.old, isKept(old) {
        for key in try projector.keys(of: old) { touched[key, default: Touch()].removed.insert(old.position) }
      }
      if isKept(change.new) {
        for key in try projector.keys(of: change.new) {
          touched[key, default: Touch()].added.insert(change.new.position)
        }
      }
    }
    return touched
  }

  private func isKept(_ item: Item) -> Bool {
    item.standing.retracted == nil && (item.superseded == nil || projector.keepsSuperseded)
  }

  func load(
    _ members: [UInt64], _ registry: Registry, _ transaction: borrowing WriteTransaction
  ) throws(ProjectionError) -> [Item] {
    var items: [Item] = []
    items.reserveCapacity(members.count)
    for member in members {
      items.append(
        try reading { () throws(EventLogError) in
          try registry.item(at: member, asOf: finder.position, transaction)
        })
    }
    return items
  }
}
