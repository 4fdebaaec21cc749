import LMDB
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
  private let observer: any LogObserver
  private let options: EventLogOptions
  private var waiting: [DurableEvent] = []
  private let parser = DurableEvent.lineParser()
  /// The last position taken in.
  package private(set) var position: UInt64 = 0

  /// Begins a new environment in an empty directory.
  package init(into directory: String, observer: any LogObserver, options: EventLogOptions) throws(EventLogError) {
    self.observer = observer
    self.options = options
    let environment = try EventLog.openEnvironment(directory, options)
    self.environment = environment
    let writer = try storing { () throws(LMDBError) in try environment.makeWriter() }
    self.writer = writer
    tables = try LogTables(writer)
    try observer.prepare(writer, tables: tables)
  }

  /// Takes in the line recorded at the next position.
  ///
  /// - Throws: `damaged` if it is not the line of that position, or no valid event.
  package func take(_ line: [UInt8]) throws(EventLogError) {
    position += 1
    waiting.append(try DurableEvent(reading: line, at: position, with: parser))
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
        try tables.store(event, &transaction)
        try observer.apply(event, &transaction)
      }
      try observer.willCommit(&transaction)
      do throws(LMDBError) { try tables.setApplied(last.position, &transaction) } catch { throw .lmdb(error) }
    }
    observer.didEnd(committed: last.position)
    waiting.removeAll(keepingCapacity: true)
  }
}
