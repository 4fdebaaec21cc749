import Files
import LMDB
import WriteAheadLog

/// Writes the write-ahead log anew from LMDB's copy of the events, where it is damaged or gone.
///
/// Both copies hold the same lines under the same leaf hashes, so the Merkle tree, and every proof and checkpoint, stays as it was. What
/// LMDB has not taken in yet is read from the damaged log itself; if that cannot be, nothing is changed.
package enum LogRestoration {
  /// What was done.
  package struct Report: Sendable {
    /// The last position of the new log.
    package let head: UInt64
    /// How many of its events were read from the damaged log, since LMDB did not have them.
    package let salvaged: UInt64
    /// What was wrong.
    package let damage: WALError
    /// Where the damaged log lies now; nil if there was none.
    package let keptAs: String?
  }

  /// Told the last position done and the last there is.
  package typealias Progress = (_ done: UInt64, _ of: UInt64) -> Void

  /// Bytes of entries written as one frame, about.
  private static let frameBytes = 1 << 20
  /// By how much the new log's epoch is higher than any that can still be read: those that cannot must not be met again.
  private static let epochSteps: ClosedRange<UInt64> = 1_000...1_000_000

  /// Writes the log anew beside the old one, checks it, and lets it take its place. The daemon must be down.
  ///
  /// - Returns: nil if the write-ahead log is sound; then nothing is done.
  /// - Throws: `lost` where events stand in neither copy; `lmdb` and `damaged` where LMDB's copy is not sound.
  package static func run(
    _ path: String, options: EventLogOptions = EventLogOptions(), progress: Progress = { _, _ in }
  ) throws(EventLogError) -> Report? {
    let folder = try DataFolder(path, fileSystem: options.fileSystem)
    defer { folder.release() }
    let environment = try EventLog.openEnvironment(folder.lmdb, options)
    let tables = try tables(of: environment)
    let report = try environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
      try restore(folder, tables, transaction, options, progress)
    }
    try storing { () throws(LMDBError) in try environment.close() }
    return report
  }

  /// The tables, which the environment's writer opens; it is let go at once.
  private static func tables(of environment: Environment) throws(EventLogError) -> LogTables {
    try LogTables(try storing { () throws(LMDBError) in try environment.makeWriter() })
  }

  private static func restore(
    _ folder: DataFolder, _ tables: LogTables, _ transaction: borrowing ReadTransaction, _ options: EventLogOptions,
    _ progress: Progress
  ) throws(EventLogError) -> Report? {
    let applied = try tables.applied(transaction)
    guard let damage = try damage(in: folder, applied: applied, options) else { return nil }
    let logID = try tables.logID(transaction).flatMap { LogID($0) }
    let files = options.fileSystem
    let (remains, new) = try filing { () throws(FileError) in
      let new = "\(folder.path)/wal.new"
      if try files.exists(new) {
        for name in try files.list(new) { try files.remove("\(new)/\(name)") }
      } else {
        try files.createDirectory(new)
      }
      return (try LogRemains(directory: folder.writeAheadLog, fileSystem: files, logID: logID), new)
    }
    var logOptions = options.writeAheadLog
    logOptions.epochStep = UInt64.random(in: epochSteps)
    let log = try logging { () throws(WALError) in
      try WriteAheadLog.begin(
        directory: new, fileSystem: files, options: logOptions, logID: logID, epoch: remains.epoch)
    }
    defer { log.close() }
    let head = max(applied, remains.head)
    var waiting: [LogEntry] = []
    var waitingBytes = 0
    func write(_ entry: LogEntry?) throws(EventLogError) {
      if let entry {
        waiting.append(entry)
        waitingBytes += entry.bytes.count
      }
      guard !waiting.isEmpty, entry == nil || waitingBytes >= frameBytes else { return }
      try logging { () throws(WALError) in _ = try log.append(waiting, applied: log.head) }
      progress(log.head, head)
      (waiting, waitingBytes) = ([], 0)
    }
    try tables.forEachEntry(from: 1, through: applied, transaction) { entry throws(EventLogError) in
      try write(entry)
      return .next
    }
    try write(nil)
    try salvage(from: applied + 1, through: head, of: folder, files) { entry throws(EventLogError) in try write(entry) }
    try write(nil)
    log.close()
    let reader = LogReader(directory: new, fileSystem: files)
    _ = try logging { () throws(WALError) in try reader.verify(through: head) }
    let kept = try filing { () throws(FileError) in try replace(folder, by: new, files) }
    return Report(head: head, salvaged: head - applied, damage: damage, keptAs: kept)
  }

  /// What keeps the write-ahead log from being opened; nil if it is sound. A tail that a crash tore is no damage.
  private static func damage(
    in folder: DataFolder, applied: UInt64, _ options: EventLogOptions
  ) throws(EventLogError) -> WALError? {
    let (directory, files) = (folder.writeAheadLog, options.fileSystem)
    // Otherwise opening would make an empty one.
    guard try filing({ () throws(FileError) in try files.exists(directory) }) else {
      return .missingEntries(head: 0, expected: applied)
    }
    do throws(WALError) {
      var logOptions = options.writeAheadLog
      logOptions.verification = .full
      try WriteAheadLog.open(directory: directory, fileSystem: files, options: logOptions, applied: applied).close()
      return nil
    } catch {
      switch error {
      case .corrupt, .missingEntries: return error
      default: throw .writeAheadLog(error)
      }
    }
  }

  /// Reads entries that LMDB lacks from the damaged log.
  private static func salvage(
    from first: UInt64, through head: UInt64, of folder: DataFolder, _ files: any FileSystem,
    _ body: (LogEntry) throws(EventLogError) -> Void
  ) throws(EventLogError) {
    guard first <= head else { return }
    let reader = LogReader(directory: folder.writeAheadLog, fileSystem: files)
    var next = first
    do throws(WALError) {
      var cursor = try reader.frames(from: first, through: head)
      while let frame = try cursor.next() {
        for entry in frame.entries where entry.position == next {
          do throws(EventLogError) { try body(LogEntry(Array(entry.bytes), leaf: entry.leaf)) } catch {
            guard case .writeAheadLog(let cause) = error else { throw .missingEntries(head: next - 1, expected: head) }
            throw cause
          }
          next += 1
        }
      }
      if next <= head { throw .missingEntries(head: next - 1, expected: head) }
    } catch { throw .lost(first: next, last: head, cause: error) }
  }

  /// Puts the new log in the place of the damaged one, which is kept beside. A crash in between leaves none, which the next run mends.
  private static func replace(
    _ folder: DataFolder, by new: String, _ files: any FileSystem
  ) throws(FileError) -> String? {
    var kept: String?
    if try files.exists(folder.writeAheadLog) {
      var number = 1
      func name() -> String { "\(folder.path)/\(DataFolder.damagedPrefix)-\(number)" }
      while try files.exists(name()) { number += 1 }
      kept = name()
      try files.rename(folder.writeAheadLog, to: name())
    }
    try files.rename(new, to: folder.writeAheadLog)
    try files.syncDirectory(folder.path)
    return kept
  }

  private static func filing<Result>(_ body: () throws(FileError) -> Result) throws(EventLogError) -> Result {
    do throws(FileError) { return try body() } catch { throw .file(error) }
  }
}
