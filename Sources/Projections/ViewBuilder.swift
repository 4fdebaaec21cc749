import EventLog
import LMDB

/// Folds one view's groups as the log goes by: finds the groups that an event touches and writes their new versions.
struct ViewBuilder {
  let projector: any Projector
  let table: ViewTable

  private struct Touch {
    var removed: Set<UInt64> = []
    var added: Set<UInt64> = []
  }

  /// Takes in the changes that the event at `position` makes. Nothing is written where the projector throws.
  ///
  /// - Returns: by how many the number of rows has changed.
  func apply(
    _ changes: [Registry.ItemChange], at position: UInt64, _ registry: Registry, _ transaction: inout WriteTransaction
  ) throws(ProjectionError) -> Int {
    let touched = try touches(changes)
    guard !touched.isEmpty else { return 0 }
    var folded: [(record: GroupRecord, previous: GroupRecord?)] = []
    for (key, touch) in touched.sorted(by: { $0.key < $1.key }) {
      let previous = try table.record(key.text, asOf: position, transaction)
      var members = Set(previous?.members ?? [])
      members.subtract(touch.removed)
      members.formUnion(touch.added)
      let ordered = members.sorted()
      let items = try load(ordered, asOf: position, registry, transaction)
      let rows = items.isEmpty ? [] : try projector.fold(key, items)
      folded.append((GroupRecord(key, members: ordered, rows: rows), previous))
    }
    var difference = 0
    for (record, previous) in folded {
      difference += try fetching { () throws(LMDBError) in
        try table.store(record, at: position, previous: previous, &transaction)
      }
    }
    return difference
  }

  /// The groups that items leave and enter. One that an item stays in is touched all the same: what it says may differ.
  private func touches(_ changes: [Registry.ItemChange]) throws(ProjectionError) -> [GroupKey: Touch] {
    var touched: [GroupKey: Touch] = [:]
    for change in changes {
      if let old = change.old, isKept(old) {
        for key in try projector.keys(of: old) { touched[key, default: Touch()].removed.insert(old.position) }
      }
      if let new = change.new, isKept(new) {
        for key in try projector.keys(of: new) { touched[key, default: Touch()].added.insert(new.position) }
      }
    }
    return touched
  }

  private func isKept(_ item: Item) -> Bool {
    item.superseded == nil || projector.keepsSuperseded
  }

  private func load(
    _ members: [UInt64], asOf position: UInt64, _ registry: Registry, _ transaction: borrowing WriteTransaction
  ) throws(ProjectionError) -> [Item] {
    var items: [Item] = []
    items.reserveCapacity(members.count)
    for member in members {
      let item: Item?
      do throws(EventLogError) { item = try registry.item(at: member, asOf: position, transaction) } catch {
        throw .log(error)
      }
      guard let item else { throw .impossible(reason: "event \(member) is a member of a group and does not stand") }
      items.append(item)
    }
    return items
  }
}
