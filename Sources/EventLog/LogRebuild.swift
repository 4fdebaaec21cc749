import Files
import LMDB
import Merkle
import WriteAheadLog

/// Builds an LMDB environment anew from recorded lines, views and all: to replace a damaged one, or to compare with it.
///
/// Everything happens on the thread that makes it, which is the new environment's writer. Memory does not grow with the
/// log: events are stored in transactions of bounded size.
package final class LogRebuild {
  /// The new environment.
  package let environment: Environment
  /// Its tables.
  package let tables: LogTables
  /// Nil once the environment is complete.
  private var writer: Writer?
  private let isPartial: Bool
  private let observer: any LogObserver
  private let options: EventLogOptions
  private var waiting: [DurableEvent] = []
  private var frontier = Frontier()
  private let parser = DurableEvent.lineParser()
  /// The last position taken in.
  package private(set) var position: UInt64 = 0

  /// Begins a new environment in an empty directory.
  ///
  /// - Parameter isPartial: whether positions may be left out; what stood there counts as erased.
  package init(
    into directory: String, isPartial: Bool = false, observer: any LogObserver, options: EventLogOptions
  ) throws(EventLogError) {
    self.isPartial = isPartial
    self.observer = observer
    self.options = options
    let environment = try EventLog.openEnvironment(directory, options)
    // What is not complete is of no use after a crash; ``finish()`` makes all of it durable.
    try storing { () throws(LMDBError) in try environment.setSyncsMeta(false) }
    self.environment = environment
    let writer = try storing { () throws(LMDBError) in try environment.makeWriter() }
    self.writer = writer
    tables = try LogTables(writer, isPartial: isPartial)
    try observer.prepare(writer, tables: tables)
  }

  /// Takes in the line recorded at a position, the next one unless positions may be left out.
  ///
  /// - Throws: `damaged` if it is not the line of that position, or no valid event.
  package func take(_ line: [UInt8], at position: UInt64) throws(EventLogError) {
    guard isPartial ? position > self.position : position == self.position + 1 else {
      throw .damaged(position: position, reason: "it does not follow event \(self.position)")
    }
    try take(try DurableEvent(reading: line, at: position, with: parser))
  }

  /// Takes in the entry of the write-ahead log at the next position.
  ///
  /// - Throws: `damaged` if it is not that of the position, or no valid event.
  package func take(_ entry: LogFrame.Entry) throws(EventLogError) {
    guard entry.position == position + 1 else {
      throw .damaged(position: position + 1, reason: "missing from the write-ahead log")
    }
    try take(try DurableEvent(entry, with: parser))
  }

  private func take(_ event: DurableEvent) throws(EventLogError) {
    position = event.position
    waiting.append(event)
    if waiting.count >= options.eventsPerTransaction { try store() }
  }

  /// Stores what waits, and syncs. Nothing more can be taken in, and the environment may be closed.
  package func finish() throws(EventLogError) {
    try store()
    try storing { () throws(LMDBError) in try environment.sync() }
    // An environment with a writer cannot be closed.
    writer = nil
  }

  private func store() throws(EventLogError) {
    guard let last = waiting.last else { return }
    guard let writer else { preconditionFailure("an event after the end") }
    try writer.write { (transaction: inout WriteTransaction) throws(EventLogError) in
      for event in waiting {
        try tables.store(event, in: &frontier, &transaction)
        try observer.apply(event, &transaction)
      }
      try observer.willCommit(&transaction)
      do throws(LMDBError) { try tables.setApplied(last.position, &transaction) } catch { throw .lmdb(error) }
    }
    KillPoint.rebuildStored.pass()
    observer.didEnd(committed: last.position)
    waiting.removeAll(keepingCapacity: true)
  }
}
