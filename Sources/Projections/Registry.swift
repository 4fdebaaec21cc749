import Claims
import EventLog
import LMDB

/// Works out, event by event, which items change and how: the part of projecting that all views share.
///
/// One instance follows the log in order, on one thread; a rebuild has one of its own.
final class Registry {
  /// An item before and after an event: nil where there is none, or none that stands.
  struct ItemChange {
    let old: Item?
    let new: Item?
  }

  /// Items and names kept at the most.
  private static let cacheLimit = 8_192

  let tables: RegistryTables
  private let events: EventCache
  /// Items as of the position last taken in.
  private var items: [UInt64: Item] = [:]
  /// What names mean as of the position last taken in. A hit counts only for the very same bytes, as in the tables:
  /// `==` takes canonically equivalent names for one.
  private var names: [String: (name: String, entity: String)] = [:]

  init(_ tables: RegistryTables, log: LogTables) {
    self.tables = tables
    events = EventCache(log)
  }

  /// The items that `event` changes, itself among them. The tables must hold what it says already.
  func changes(
    by event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [ItemChange] {
    events.keep(event)
    let affected = try affected(by: event, transaction)
    guard !affected.isEmpty else {
      return [ItemChange(old: nil, new: try item(event, transaction))]
    }
    // What was resolved before may mean something else now.
    var changes: [ItemChange] = []
    let before = event.position - 1
    for position in affected {
      let durable = try events.event(at: position, transaction)
      changes.append(ItemChange(old: try resolve(durable, asOf: before, transaction), new: nil))
    }
    items.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    for (index, position) in affected.enumerated() {
      let durable = try events.event(at: position, transaction)
      changes[index] = ItemChange(old: changes[index].old, new: try item(durable, transaction, asOf: event.position))
    }
    changes.append(ItemChange(old: nil, new: try item(event, transaction)))
    return changes
  }

  /// The item at `position` as of the event last taken in.
  func item(
    at position: UInt64, asOf: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Item? {
    if let item = items[position] { return item }
    return try item(try events.event(at: position, transaction), transaction, asOf: asOf)
  }

  private func item(
    _ event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable, asOf: UInt64? = nil
  ) throws(EventLogError) -> Item? {
    guard let item = try resolve(event, asOf: asOf ?? event.position, transaction, caching: true) else { return nil }
    if items.count >= Self.cacheLimit { items.removeAll(keepingCapacity: true) }
    items[event.position] = item
    return item
  }

  /// Positions before the event's of items that it may change.
  private func affected(
    by event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    var uses = RegistryTables.names(givenBy: event.event).map { RegistryTables.Use.name($0) }
    if let document = event.event.body as? DocumentRegistered { uses.append(.document(document.document)) }
    var affected = try dependents(on: uses, before: event.position, transaction)
    // Who publishes a document speaks in the claims that rest on it, though these do not use the name themselves.
    let published = try documents(at: affected, transaction)
    if !published.isEmpty {
      affected = try dependents(on: uses + published, before: event.position, transaction)
    }
    // A replaced claim, and with it what that one replaces in turn, may fall or stand again.
    var next = try target(of: event, transaction)
    while let position = next, !affected.contains(position) {
      affected.append(position)
      next = try target(of: try events.event(at: position, transaction), transaction)
    }
    return affected
  }

  private func dependents(
    on uses: [RegistryTables.Use], before position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    guard !uses.isEmpty else { return [] }
    return try storing { () throws(LMDBError) in try tables.dependents(on: uses, before: position, transaction) }
  }

  /// The documents that events at these positions register.
  private func documents(
    at positions: [UInt64], _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [RegistryTables.Use] {
    var documents: [RegistryTables.Use] = []
    for position in positions {
      let event = try events.event(at: position, transaction).event
      if let registered = event.body as? DocumentRegistered { documents.append(.document(registered.document)) }
    }
    return documents
  }

  private func target(
    of event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64? {
    guard let target = event.event.body.target else { return nil }
    return try tables.position(of: target.claim, from: event.event, transaction)
  }

  /// An event with what its names mean as of a position; nil where it is retracted by then.
  private func resolve(
    _ durable: DurableEvent, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable,
    caching: Bool = false
  ) throws(EventLogError) -> Item? {
    let event = durable.event
    var superseded: Timestamp?
    if event.body.claim != nil {
      let (isRetracted, superseder) = try storing { () throws(LMDBError) in
        (
          try tables.isRetracted(durable.position, asOf: position, transaction),
          try tables.superseder(of: durable.position, asOf: position, transaction)
        )
      }
      if isRetracted { return nil }
      if let superseder { superseded = try events.event(at: superseder, transaction).recorded }
    }
    var entities: [String: String] = [:]
    func resolve(_ reference: EntityReference) throws(EventLogError) -> String {
      if let entity = reference.entity { return entity }
      if caching, let known = names[reference.text], known.name.utf8.elementsEqual(reference.text.utf8) {
        if known.entity != reference.text { entities[reference.text] = known.entity }
        return known.entity
      }
      let found = try storing { () throws(LMDBError) in
        try tables.entity(named: reference.text, asOf: position, transaction) ?? reference.text
      }
      if caching {
        if names.count >= Self.cacheLimit { names.removeAll(keepingCapacity: true) }
        names[reference.text] = (reference.text, found)
      }
      if found != reference.text { entities[reference.text] = found }
      return found
    }
    for reference in event.body.entities { _ = try resolve(reference) }
    let attributor: String
    if let claim = event.body.claim {
      if let innermost = claim.common.attribution.last {
        attributor = try resolve(innermost)
      } else if let publisher = try tables.publisher(
        of: claim.common.evidence[0].document, asOf: position, events, transaction)
      {
        attributor = try resolve(publisher)
      } else {
        attributor = claim.common.evidence[0].document
      }
    } else {
      attributor = event.source
    }
    return Item(
      position: durable.position, recorded: durable.recorded, event: event, superseded: superseded,
      attributor: attributor, entities: entities)
  }
}
