import Claims
import EventLog
import LMDB

/// Works out, event by event, which items change and how: the part of projecting that all views share.
///
/// One instance follows the log in order, on one thread; a rebuild has one of its own.
final class Registry {
  /// An item before and after an event: nil where there was none.
  struct ItemChange {
    let old: Item?
    let new: Item
  }

  /// Items kept at the most.
  private static let cacheLimit = 8_192

  let tables: RegistryTables
  private let events: EventCache
  /// Items as of the position last taken in.
  private var items: [UInt64: Item] = [:]
  /// What names mean as of the position last taken in.
  private var names = NameCache()
  private var nameKeys = NameKeys()

  init(_ tables: RegistryTables, log: LogTables) {
    self.tables = tables
    events = EventCache(log)
  }

  /// Takes in what `event` says about names, documents and other events.
  func record(_ event: DurableEvent, _ transaction: inout WriteTransaction) throws(EventLogError) {
    try tables.record(event, &nameKeys, &transaction)
  }

  /// The items that `event` changes, itself among them. The tables must hold what it says already.
  func changes(
    by event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [ItemChange] {
    events.keep(event)
    let affected = try AffectedEvents(tables, events).affected(by: event, transaction)
    guard !affected.isEmpty else {
      return [ItemChange(old: nil, new: try item(at: event.position, asOf: event.position, transaction))]
    }
    // What was resolved before may mean something else now.
    let before = ItemResolver(tables, events, asOf: event.position - 1)
    var old: [Item] = []
    for position in affected {
      old.append(try before.item(try events.event(at: position, transaction), known: &names, transaction))
    }
    items.removeAll(keepingCapacity: true)
    names.removeAll()
    var changes: [ItemChange] = []
    for (item, position) in zip(old, affected) {
      changes.append(ItemChange(old: item, new: try self.item(at: position, asOf: event.position, transaction)))
    }
    changes.append(ItemChange(old: nil, new: try item(at: event.position, asOf: event.position, transaction)))
    return changes
  }

  /// The item at `position` as of the event last taken in.
  func item(
    at position: UInt64, asOf: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Item {
    if let item = items[position] { return item }
    let resolver = ItemResolver(tables, events, asOf: asOf)
    let item = try resolver.item(try events.event(at: position, transaction), known: &names, transaction)
    if items.count >= Self.cacheLimit { items.removeAll(keepingCapacity: true) }
    items[position] = item
    return item
  }
}
