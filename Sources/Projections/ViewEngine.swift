import EventLog
import JSON
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
    var views = ViewSet([])
    var rebuild: Rebuild?
    /// The last position that may have changed what a name means.
    var namesChanged: UInt64 = 0
  }

  /// A new generation of some views on its way.
  private struct Rebuild {
    let registry: Registry
    let views: ViewSet
    var position: UInt64 = 0
  }

  package let projectors: [any Projector]
  private let catalogue = Mutex(Catalogue())
  private let changed = Mutex<ViewChanges?>(nil)
  private let lastStates = StateCache()
  // Touched only by the applying thread; the protocol's calls all come from it.
  private nonisolated(unsafe) var work: Work?
  private nonisolated(unsafe) let parser = JSONParser(maximumByteCount: JSONLimits.largestByteCount)

  /// - Precondition: each view stands behind those it rests on.
  package init(_ projectors: [any Projector]) {
    var names: Set<String> = []
    for projector in projectors {
      precondition(names.isSuperset(of: projector.upstream), "\(projector.name) stands before a view it rests on")
      names.insert(projector.name)
    }
    self.projectors = projectors
  }

  // MARK: LogObserver

  package func prepare(_ writer: Writer, tables log: LogTables) throws(EventLogError) {
    try writer.write { (transaction: inout WriteTransaction) throws(EventLogError) in
      let applied = try log.applied(transaction)
      do throws(LMDBError) {
        let states = try transaction.openTable("views", create: applied == 0)
        let registry = try RegistryTables(log, isNew: applied == 0, &transaction)
        var work = Work(log: log, registry: Registry(registry, log: log), states: states, namesChanged: applied)
        var stored: [String: ViewState] = [:]
        for projector in projectors {
          stored[projector.name] = try transaction.get(Array(projector.name.utf8), in: states).flatMap {
            ViewState(view: projector.name, decoding: $0)
          }
        }
        let outdated = outdated(stored, applied: applied)
        var (views, rebuilt): ([FollowedView], [FollowedView]) = ([], [])
        for projector in projectors {
          let (view, next) = try open(
            projector, stored[projector.name], isOutdated: outdated.contains(projector.name), states, applied: applied,
            &transaction)
          views.append(view)
          if let next { rebuilt.append(next) }
        }
        work.views = ViewSet(views)
        if !rebuilt.isEmpty {
          work.rebuild = Rebuild(registry: Registry(registry, log: log), views: ViewSet(rebuilt))
        }
        try dropStrays(keeping: views + rebuilt, &transaction)
        let tables = (views + rebuilt).map { ($0.table.table.name, $0.table.table) }
        catalogue.withLock {
          $0 = Catalogue(
            tables: Dictionary(uniqueKeysWithValues: tables), registry: registry, log: log, states: states)
        }
        self.work = work
      } catch { throw .lmdb(error) }
      publishChanges(through: applied)
    }
  }

  /// The views to be built anew: those of another version than the projector's, new to a log that has events, or
  /// stopped; with them those they rest on, whose changes they need to see, and those that rest on them.
  private func outdated(_ stored: [String: ViewState], applied: UInt64) -> Set<String> {
    var outdated: Set<String> = []
    for projector in projectors {
      guard let state = stored[projector.name] else {
        if applied > 0 { outdated.insert(projector.name) }
        continue
      }
      if state.version != projector.version || state.condition != .live { outdated.insert(projector.name) }
    }
    var count = -1
    while count != outdated.count {
      count = outdated.count
      for projector in projectors {
        if outdated.contains(projector.name) { outdated.formUnion(projector.upstream) }
        if !outdated.isDisjoint(with: projector.upstream) { outdated.insert(projector.name) }
      }
    }
    return outdated
  }

  /// Opens a view as it was left; and a new generation for it, where it is to be built anew.
  private func open(
    _ projector: any Projector, _ stored: ViewState?, isOutdated: Bool, _ states: Table, applied: UInt64,
    _ transaction: inout WriteTransaction
  ) throws(LMDBError) -> (FollowedView, next: FollowedView?) {
    let key = Array(projector.name.utf8)
    var state = stored ?? ViewState(view: projector.name, version: projector.version, generation: 1)
    if isOutdated {
      if state.frozenAt == nil { state.frozenAt = stored == nil ? 0 : applied }
      state.condition = .rebuilding
    }
    try transaction.put(key, state.encoded, in: states)
    // A table that is missing though it was kept is damage, not an empty view.
    let table = try transaction.openTable(state.tableName, create: stored == nil)
    let view = FollowedView(projector, state, table, openedAt: applied)
    guard state.condition == .rebuilding else { return (view, nil) }
    let next = ViewState(view: projector.name, version: projector.version, generation: state.generation + 1)
    let nextTable = try transaction.openTable(next.tableName, create: true)
    // Left over from a rebuild that did not end.
    try transaction.clear(nextTable)
    return (view, FollowedView(projector, next, nextTable, openedAt: applied))
  }

  /// Removes the tables of generations that are served no more. Nobody reads them: no reader has begun yet.
  private func dropStrays(
    keeping views: [FollowedView], _ transaction: inout WriteTransaction
  ) throws(LMDBError) {
    let kept = Set(views.map(\.table.table.name))
    for name in try transaction.tableNames() where name.hasPrefix("view.") && !kept.contains(name) {
      try transaction.dropTable(try transaction.openTable(name))
    }
  }

  package func apply(
    _ event: DurableEvent, _ transaction: inout WriteTransaction
  ) throws(EventLogError) {
    guard let work else { preconditionFailure("an event before the engine is prepared") }
    if RegistryTables.mayChangeNames(event.event) { self.work?.namesChanged = event.position }
    try work.registry.record(event, &transaction)
    let changes = try work.registry.changes(by: event, transaction)
    try fold(changes, at: event.position, work.registry, work.views, &transaction)
  }

  /// Lets views take in changes, each after those it rests on. An error of a projector stops its view and those that
  /// rest on it; an error of the store is everyone's.
  private func fold(
    _ changes: [Registry.ItemChange], at position: UInt64, _ registry: Registry, _ views: ViewSet,
    _ transaction: inout WriteTransaction
  ) throws(EventLogError) {
    let finder = RowFinder(
      tables: views.tables, projectors: projectors, registry: registry.tables, position: position, parser: parser)
    for view in views.views where view.state.condition == .live {
      if let stopped = view.upstream.first(where: { $0.state.condition != .live }) {
        view.stop(before: position, because: "it rests on \(stopped.projector.name), which has stopped")
        continue
      }
      do throws(ProjectionError) {
        try ViewBuilder(view: view, finder: finder).apply(changes, registry, &transaction)
      } catch {
        if case .log(let cause) = error { throw cause }
        view.stop(before: position, because: "\(error)")
      }
    }
  }

  package func willCommit(_ transaction: inout WriteTransaction) throws(EventLogError) {
    guard let work else { return }
    do throws(LMDBError) {
      for view in work.views.views where view.isDirty {
        try transaction.put(Array(view.state.view.utf8), view.state.encoded, in: work.states)
        view.isDirty = false
      }
    } catch { throw .lmdb(error) }
  }

  package func didEnd(committed position: UInt64?) {
    // An abandoned transaction is followed by no other before the engine is prepared anew.
    if position == nil { work = nil }
    publishChanges(through: position)
  }

  /// Tells readers what has changed, once it can be read. While a view is built anew nothing is told: what its rows are
  /// looked up for is then about to change without an event.
  private func publishChanges(through position: UInt64?) {
    var published: ViewChanges?
    if let work, let position, work.rebuild == nil {
      let views = work.views.views.map { ($0.projector.name, $0.lastChange) }
      published = ViewChanges(
        known: position, names: work.namesChanged, views: Dictionary(uniqueKeysWithValues: views))
    }
    changed.withLock { $0 = published }
  }

  // MARK: Rebuilding

  package func workInBackground(_ writer: Writer) throws(EventLogError) -> Bool {
    guard var work, var rebuild = work.rebuild else { return false }
    let isDone = try writer.write { (transaction: inout WriteTransaction) throws(EventLogError) -> Bool in
      let applied = try work.log.applied(transaction)
      let last = min(applied, rebuild.position + Self.rebuildStep)
      try fold(from: rebuild.position + 1, through: last, work.log, rebuild, &transaction)
      rebuild.position = last
      guard last == applied else { return false }
      do throws(LMDBError) { try adopt(rebuild, &work, &transaction) } catch { throw .lmdb(error) }
      return true
    }
    work.rebuild = isDone ? nil : rebuild
    self.work = work
    if isDone { publishChanges(through: rebuild.position) }
    return !isDone
  }

  private func fold(
    from first: UInt64, through last: UInt64, _ log: LogTables, _ rebuild: Rebuild,
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
      try fold(changes, at: position, rebuild.registry, rebuild.views, &transaction)
      position += 1
    }
  }

  /// Serves the new generation from here on. The old one's entries go now, its table at the next opening: readers may
  /// still hold its handle, and their snapshots still hold its entries.
  private func adopt(
    _ rebuild: Rebuild, _ work: inout Work, _ transaction: inout WriteTransaction
  ) throws(LMDBError) {
    var views = work.views.views
    for view in rebuild.views.views {
      guard let index = views.firstIndex(where: { $0.projector.name == view.projector.name }) else { continue }
      try transaction.clear(views[index].table.table)
      views[index] = view
      try transaction.put(Array(view.state.view.utf8), view.state.encoded, in: work.states)
    }
    work.views = ViewSet(views)
  }

  // MARK: Asking

  /// What has changed lately; nil while that is not known.
  package var changes: ViewChanges? { changed.withLock { $0 } }

  /// The tables that queries read.
  var tables: Catalogue { catalogue.withLock { $0 } }

  /// How a view is doing, in the snapshot of a transaction; nil for an unknown view.
  package func state(
    of view: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> ViewState? {
    guard let states = tables.states else { return nil }
    let bytes = try fetching { () throws(LMDBError) in try transaction.get(Array(view.utf8), in: states) }
    guard let bytes else { return nil }
    guard let state = lastStates.state(of: view, bytes) else {
      throw .damaged(view: view, key: "", reason: "its state cannot be read")
    }
    return state
  }

  /// The projector of a view.
  package func projector(of view: String) -> (any Projector)? {
    projectors.first { $0.name == view }
  }
}
