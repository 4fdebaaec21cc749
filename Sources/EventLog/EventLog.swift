import Claims
import Files
import JSON
import LMDB
import Threads
import WriteAheadLog

/// The log of events: append, read, replay. One per data folder.
///
/// Appends go through ``Recorder`` to the write-ahead log, then through ``Applier`` into LMDB, from which all reading is
/// done. `schema/storage.md` names the states an event goes through and what survives a crash in each.
package final class EventLog: Sendable {
  /// What opening found and did.
  package struct Opening: Sendable {
    /// What the write-ahead log's recovery did.
    package let recovery: RecoveryReport
    /// The position up to which LMDB was behind; equal to the head where it was not.
    package let appliedBefore: UInt64
    /// The log's last position.
    package let head: UInt64
    /// The opening's number, one more at each.
    package let epoch: UInt64
    /// What tells this log from any other.
    package let logID: String
  }

  /// The folder, locked while the log is open.
  package let folder: DataFolder
  /// The LMDB environment, for readers.
  package let environment: Environment
  /// The log's tables.
  package let tables: LogTables
  /// What opening found and did.
  package let opening: Opening
  /// Where the files are.
  package let fileSystem: any FileSystem

  private let applier: Applier
  private let recorder: Recorder
  private let closing: Duration

  /// Opens the log in a folder, or makes a new one; recovers from a crash if there was one, and brings LMDB up to the
  /// write-ahead log, from nothing if need be.
  ///
  /// - Parameter observer: told of every event in the transaction that stores it.
  /// - Throws: `locked` where another process has it; `writeAheadLog`, `lmdb`, `foreign` where a copy is damaged.
  package init(
    _ path: String, observer: any LogObserver, options: EventLogOptions = EventLogOptions()
  ) throws(EventLogError) {
    fileSystem = options.fileSystem
    closing = options.closing
    folder = try DataFolder(path, fileSystem: options.fileSystem)
    environment = try Self.openEnvironment(folder.lmdb, options)
    applier = Applier(environment, observer: observer, options: options)
    let opened = try applier.start()
    tables = opened.tables
    let writer: LogWriter
    do throws(WALError) {
      writer = try WriteAheadLog.open(
        directory: folder.writeAheadLog, fileSystem: options.fileSystem, options: options.writeAheadLog,
        applied: opened.applied)
    } catch {
      applier.stop()
      throw .writeAheadLog(error)
    }
    opening = Opening(
      recovery: writer.recovery, appliedBefore: opened.applied, head: writer.head, epoch: writer.epoch,
      logID: writer.logID.description)
    recorder = Recorder(environment, opened.tables, applier, options: options)
    do throws(EventLogError) {
      if let bound = opened.logID, bound != opening.logID {
        throw .foreign(lmdb: bound, writeAheadLog: opening.logID)
      }
      applier.begin(logID: opening.logID)
      KillPoint.beforeReplay.pass()
      try catchUp(from: opened.applied, options)
      KillPoint.afterReplay.pass()
      let last = try Self.lastRecorded(opened.tables, head: writer.head, environment)
      recorder.start(writer, lastRecorded: last)
    } catch {
      applier.stop()
      throw error
    }
  }

  /// Opens an LMDB environment for writing, making its folder where it is missing.
  static func openEnvironment(_ directory: String, _ options: EventLogOptions) throws(EventLogError) -> Environment {
    do throws(FileError) { try options.fileSystem.createDirectories(directory) } catch { throw .file(error) }
    var environmentOptions = Environment.Options()
    environmentOptions.mapSize = options.mapBytes
    return try storing { () throws(LMDBError) in try Environment(directory: directory, options: environmentOptions) }
  }

  /// Applies what the write-ahead log holds and LMDB does not.
  private func catchUp(from applied: UInt64, _ options: EventLogOptions) throws(EventLogError) {
    let head = opening.head
    guard applied < head else { return }
    let parser = DurableEvent.lineParser()
    let log = LogReader(directory: folder.writeAheadLog, fileSystem: options.fileSystem)
    var cursor = try logging { () throws(WALError) in try log.frames(from: applied + 1, through: head) }
    while let frame = try logging({ () throws(WALError) in try cursor.next() }) {
      var events: [DurableEvent] = []
      for entry in frame.entries where entry.position > applied {
        events.append(try DurableEvent(entry, with: parser))
      }
      applier.apply(events)
      if let failure = applier.failure ?? applier.shortage { throw failure }
      options.progress(frame.lastPosition, head)
    }
    try waitUntilApplied(head)
  }

  private static func lastRecorded(
    _ tables: LogTables, head: UInt64, _ environment: Environment
  ) throws(EventLogError) -> Timestamp {
    guard head > 0 else { return Timestamp(microseconds: 0) }
    return try environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
      guard let line = try tables.line(at: head, transaction) else {
        throw .damaged(position: head, reason: "missing from LMDB")
      }
      return try DurableEvent(reading: line, at: head, with: DurableEvent.lineParser()).recorded
    }
  }

  // MARK: Appending

  /// Asks to have events appended. `receiver` is told once they are durable, or why they are not.
  ///
  /// - Parameter lane: who asks: a connection, say. What one asks for is recorded in order; where much waits, each has its
  ///   turn.
  package func append(
    _ request: AppendBatch, token: UInt64, to receiver: any AppendReceiver, lane: UInt64 = 0
  ) {
    recorder.submit(request, token: token, to: receiver, lane: lane)
  }

  /// Calls `answer` from the committing thread once it has gone round, recording what waits: the sign that it does not hang.
  package func whenRecorderHasGoneRound(_ answer: @escaping @Sendable () -> Void) {
    recorder.whenGoneRound(answer)
  }

  /// The last durable position.
  package var head: UInt64 { recorder.head }

  /// The last position that readers of LMDB see.
  package var applied: UInt64 { applier.applied }

  /// Why nothing is appended any more: a failed write or sync of the write-ahead log, or of LMDB. Nil while all is well.
  package var failure: EventLogError? {
    recorder.failure.map { .writeAheadLog($0) } ?? applier.failure
  }

  /// Why events are refused until there is room again; nil while there is.
  package var shortage: EventLogError? { applier.shortage }

  /// Calls `wake` once readers see everything up to `position`, or with an error if they never will, or not before there
  /// is room for it.
  package func whenApplied(_ position: UInt64, _ wake: @escaping @Sendable (EventLogError?) -> Void) {
    applier.whenApplied(position, wake)
  }

  /// Waits until readers see everything up to `position`. Blocks the thread; for tools and tests.
  package func waitUntilApplied(_ position: UInt64) throws(EventLogError) {
    let done = Monitor<EventLogError??>(nil)
    applier.whenApplied(position) { error in done.change { $0 = .some(error) } }
    if let error = done.wait(until: { $0 != nil }, then: { $0! }) { throw error }
  }

  /// Calls `wake`, from the applying thread, each time readers see more; until the subscription is let go.
  package func subscribe(_ wake: @escaping @Sendable () -> Void) -> Subscription {
    applier.subscribe(wake)
  }

  /// Goes on applying what is durable for as long as closing may take, and leaves the rest. ``close()`` is to follow.
  package func beginClosing() { applier.leave(after: closing) }

  /// Acknowledges or refuses what waits, applies what is durable for as long as closing may take, closes both copies, and
  /// unlocks the folder.
  package func close() throws(EventLogError) {
    beginClosing()
    recorder.stop()
    applier.stop()
    try storing { () throws(LMDBError) in
      try environment.sync()
      try environment.close()
    }
    folder.release()
  }

  // MARK: Reading

  /// The last position recorded at `time` or before; 0 where there is none.
  package func position(
    at time: Timestamp, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64 {
    let parser = DurableEvent.lineParser()
    var low: UInt64 = 0
    var high = try tables.applied(transaction)
    // Recorded time never decreases with the position, so halving finds the place.
    while low < high {
      let middle = low + (high - low + 1) / 2
      if try recorded(at: middle, parser, transaction) <= time { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// When the event at `position` was recorded; one that was erased counts as recorded with the one before.
  private func recorded(
    at position: UInt64, _ parser: JSONParser, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Timestamp {
    var place = position
    while place > 0 {
      guard let line = try tables.line(at: place, transaction) else {
        throw .damaged(position: place, reason: "missing from LMDB")
      }
      let event = try DurableEvent(reading: line, at: place, with: parser)
      if event.tombstone == nil { return event.recorded }
      place -= 1
    }
    return Timestamp(microseconds: 0)
  }
}
