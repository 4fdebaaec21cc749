import EventLog
import LMDB
import Synchronization

/// Keeps all views: follows the log inside the transactions that store it, builds new versions beside old ones, and
/// says how each view is doing.
package final class ViewEngine: LogObserver {
  /// Events folded in one transaction of a rebuild.
  private static let rebuildStep: UInt64 = 2_000

  /// What queries need to know. Replaced as a whole after each commit.
  struct Catalogue: Sendable {
    var tables: [String: Table] = [:]
    var registry: RegistryTables?
    var log: LogTables?
    var states: Table?
  }

  /// What the applying thread works with.
  private struct Work {
    let log: LogTables
    let registry: Registry
    let states: Table
    var views: [View] = []
    var rebuild: Rebuild?
  }

  private struct View {
    let projector: any Projector
    var state: ViewState
    var table: ViewTable
    var isDirty = false

    var builder: ViewBuilder { ViewBuilder(projector: projector, table: table) }
  }

  /// A new generation of some views on its way.
  private struct Rebuild {
    let registry: Registry
    let projectors: [String]
    var views: [View]
    var position: UInt64 = 0
  }

  package let projectors: [any Projector]
  private let catalogue = Mutex(Catalogue())
  // Touched only by the applying thread; the protocol's calls all come from it.
  private nonisolated(unsafe) var work: Work?

  package init(_ projectors: [any Projector]) {
    self.projectors = projectors
  }

  // MARK: LogObserver

  package func prepare(_ writer: Writer, tables log: LogTables) throws(EventLogError) {
    try writer.write { (transaction: inout WriteTransaction) throws(EventLogError) in
      let applied = try log.applied(transaction)
      do throws(LMDBError) {
        let states = try transaction.openTable("views", create: true)
        let registry = try RegistryTables(log, &transaction)
        var work = Work(log: log, registry: Registry(registry, log: log), states: states)
        var rebuilt: [View] = []
        for projector in projectors {
          let (view, next) = try open(projector, states, applied: applied, &transaction)
          work.views.append(view)
          if let next { rebuilt.append(next) }
        }
        if !rebuilt.isEmpty {
          work.rebuild = Rebuild(
            registry: Registry(registry, log: log), projectors: rebuilt.map(\.projector.name), views: rebuilt)
        }
        try dropStrays(work, &transaction)
        let tables = (work.views + rebuilt).map { ($0.table.table.name, $0.table.table) }
        catalogue.withLock {
          $0 = Catalogue(
            tables: Dictionary(uniqueKeysWithValues: tables), registry: registry, log: log, states: states)
        }
        self.work = work
      } catch { throw .lmdb(error) }
    }
  }

  /// Opens a view as it was left; and a new generation for it, where the projector has another version or the view had
  /// stopped.
  private func open(
    _ projector: any Projector, _ states: Table, applied: UInt64, _ transaction: inout WriteTransaction
  ) throws(LMDBError) -> (View, next: View?) {
    let key = Array(projector.name.utf8)
    let stored = try transaction.get(key, in: states).flatMap { ViewState(view: projector.name, decoding: $0) }
    var state = stored ?? ViewState(view: projector.name, version: projector.version, generation: 1)
    let isCurrent = stored != nil && state.version == projector.version && state.condition == .live
    if stored == nil, applied > 0 { state.frozenAt = 0 }
    if stored != nil, !isCurrent, state.frozenAt == nil { state.frozenAt = applied }
    let isNew = stored == nil && applied == 0
    if !isCurrent, !isNew { state.condition = .rebuilding }
    try transaction.put(key, state.encoded, in: states)
    let table = try transaction.openTable(state.tableName, create: true)
    let view = View(
      projector: projector, state: state,
      table: ViewTable(view: projector.name, table: table, pairs: projector.indexesPairs))
    guard state.condition == .rebuilding else { return (view, nil) }
    let next = ViewState(view: projector.name, version: projector.version, generation: state.generation + 1)
    let nextTable = try transaction.openTable(next.tableName, create: true)
    // Left over from a rebuild that did not end.
    try transaction.clear(nextTable)
    let nextView = View(
      projector: projector, state: next,
      table: ViewTable(view: projector.name, table: nextTable, pairs: projector.indexesPairs))
    return (view, nextView)
  }

  /// Removes the tables of generations that are served no more. Nobody reads them: no reader has begun yet.
  private func dropStrays(_ work: Work, _ transaction: inout WriteTransaction) throws(LMDBError) {
    let kept = Set((work.views + (work.rebuild?.views ?? [])).map(\.table.table.name))
    for name in try transaction.tableNames() where name.hasPrefix("view.") && !kept.contains(name) {
      try transaction.dropTable(try transaction.openTable(name))
    }
  }

  package func apply(
    _ event: DurableEvent, _ transaction: inout WriteTransaction
  ) throws(EventLogError) {
    // Taken out while it is changed, so that no copy is made. After an error the applier stops and nobody misses it.
    guard var work = self.work.take() else { preconditionFailure("an event before the engine is prepared") }
    try work.registry.tables.record(event, &transaction)
    let changes = try work.registry.changes(by: event, transaction)
    for index in work.views.indices where work.views[index].state.condition == .live {
      try Self.fold(changes, at: event.position, work.registry, &work.views[index], &transaction)
    }
    self.work = work
  }

  /// Lets a view take in changes. An error of the projector stops the view; an error of the store is everyone's.
  private static func fold(
    _ changes: [Registry.ItemChange], at position: UInt64, _ registry: Registry, _ view: inout View,
    _ transaction: inout WriteTransaction
  ) throws(EventLogError) {
    do throws(ProjectionError) {
      let difference = try view.builder.apply(changes, at: position, registry, &transaction)
      if difference != 0 {
        view.state.rows += difference
        view.isDirty = true
      }
    } catch {
      if case .log(let cause) = error { throw cause }
      view.state.condition = .stopped
      view.state.frozenAt = position - 1
      view.state.error = "at position \(position): \(error)"
      view.isDirty = true
    }
  }

  package func willCommit(_ transaction: inout WriteTransaction) throws(EventLogError) {
    guard var work else { return }
    do throws(LMDBError) {
      for index in work.views.indices where work.views[index].isDirty {
        let state = work.views[index].state
        try transaction.put(Array(state.view.utf8), state.encoded, in: work.states)
        work.views[index].isDirty = false
      }
    } catch { throw .lmdb(error) }
    self.work = work
  }

  package func didEnd(committed position: UInt64?) {
    // An abandoned transaction is followed by no other: the applier stops.
    if position == nil { work = nil }
  }

  // MARK: Rebuilding

  package func workInBackground(_ writer: Writer) throws(EventLogError) -> Bool {
    guard var work, var rebuild = work.rebuild else { return false }
    let isDone = try writer.write { (transaction: inout WriteTransaction) throws(EventLogError) -> Bool in
      let applied = try work.log.applied(transaction)
      let last = min(applied, rebuild.position + Self.rebuildStep)
      try Self.fold(from: rebuild.position + 1, through: last, work.log, &rebuild, &transaction)
      rebuild.position = last
      guard last == applied else { return false }
      do throws(LMDBError) { try adopt(rebuild, &work, &transaction) } catch { throw .lmdb(error) }
      return true
    }
    work.rebuild = isDone ? nil : rebuild
    self.work = work
    return !isDone
  }

  private static func fold(
    from first: UInt64, through last: UInt64, _ log: LogTables, _ rebuild: inout Rebuild,
    _ transaction: inout WriteTransaction
  ) throws(EventLogError) {
    let parser = DurableEvent.lineParser()
    var position = first
    while position <= last {
      guard let line = try log.line(at: position, transaction) else {
        throw .damaged(position: position, reason: "missing from LMDB")
      }
      let event = try DurableEvent(reading: line, at: position, with: parser)
      let changes = try rebuild.registry.changes(by: event, transaction)
      for index in rebuild.views.indices where rebuild.views[index].state.condition == .live {
        try fold(changes, at: position, rebuild.registry, &rebuild.views[index], &transaction)
      }
      position += 1
    }
  }

  /// Serves the new generation from here on. The old one's entries go now, its table at the next opening: readers may
  /// still hold its handle, and their snapshots still hold its entries.
  private func adopt(
    _ rebuild: Rebuild, _ work: inout Work, _ transaction: inout WriteTransaction
  ) throws(LMDBError) {
    for view in rebuild.views {
      guard let index = work.views.firstIndex(where: { $0.projector.name == view.projector.name }) else { continue }
      try transaction.clear(work.views[index].table.table)
      work.views[index] = view
      try transaction.put(Array(view.state.view.utf8), view.state.encoded, in: work.states)
    }
  }

  // MARK: Asking

  /// The tables that queries read.
  var tables: Catalogue { catalogue.withLock { $0 } }

  /// How a view is doing, in the snapshot of a transaction; nil for an unknown view.
  package func state(
    of view: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> ViewState? {
    guard let states = tables.states else { return nil }
    let bytes = try fetching { () throws(LMDBError) in try transaction.get(Array(view.utf8), in: states) }
    guard let bytes else { return nil }
    guard let state = ViewState(view: view, decoding: bytes) else {
      throw .damaged(view: view, key: "", reason: "its state cannot be read")
    }
    return state
  }

  /// The projector of a view.
  package func projector(of view: String) -> (any Projector)? {
    projectors.first { $0.name == view }
  }
}
