import Claims
import Files
import JSON
import LMDB
import WriteAheadLog

/// Why the event log could not be opened, read or kept.
package enum EventLogError: Error, Sendable {
  /// Another process holds the data folder.
  case locked(path: String)
  /// The folder is a backup, which is restored elsewhere and never opened itself.
  case backup(path: String)
  /// A file operation on the data folder failed.
  case file(FileError)
  /// LMDB failed, or a value of it is not what was written.
  case lmdb(LMDBError)
  /// The write-ahead log failed, or is damaged.
  case writeAheadLog(WALError)
  /// The two copies are not of one log: LMDB belongs to another write-ahead log.
  case foreign(lmdb: String, writeAheadLog: String)
  /// Events that the write-ahead log speaks of can be read from neither copy.
  case lost(first: UInt64, last: UInt64, cause: WALError)
  /// LMDB was written in a format this version does not know.
  case unknownFormat(found: UInt64, known: UInt64)
  /// The event at `position` is missing or is not what was recorded.
  case damaged(position: UInt64, reason: String)
  /// The log is closing, and leaves the rest to its next start.
  case closing
  /// A projection could not be stored.
  case projection(reason: String)
}

extension EventLogError: LMDBFailure {
  package init(lmdb error: LMDBError) {
    self = .lmdb(error)
  }
}

extension EventLogError {
  /// Whether LMDB had no room for what was to be stored, and may have later.
  package var isWantOfRoom: Bool {
    guard case .lmdb(let error) = self else { return false }
    return error.reason == .diskFull
  }
}

extension EventLogError: CustomStringConvertible {
  /// The error in words that say what to do.
  package var description: String {
    switch self {
    case .locked(let path): "\(path) is in use by another process; ask the daemon through its socket, or stop it first"
    case .backup(let path): "\(path) is a backup; restore it into a folder of its own with `annals restore`"
    case .file(let error): "\(error)"
    case .lmdb(let error): "LMDB: \(error)"
    case .writeAheadLog(let error): "\(error)"
    case .foreign(let lmdb, let wal):
      "LMDB holds log \(lmdb), the write-ahead log is \(wal): the folders of two stores were mixed"
    case .lost(let first, let last, let cause):
      "events \(first) to \(last) are not in LMDB, nor can they be read from the write-ahead log (\(cause)): "
        + "restore a backup that has them with `annals restore`"
    case .unknownFormat(let found, let known):
      "LMDB is of format \(found), this version knows \(known): rebuild it with `annals rebuild`"
    case .damaged(let position, let reason): "event \(position) is damaged: \(reason)"
    case .closing: "the log is closing"
    case .projection(let reason): "views: \(reason)"
    }
  }
}

/// Does what may fail in LMDB, as an error of the event log.
package func storing<Result: ~Copyable>(
  _ body: () throws(LMDBError) -> Result
) throws(EventLogError) -> Result {
  do throws(LMDBError) { return try body() } catch { throw .lmdb(error) }
}

/// Does what may fail in the write-ahead log, as an error of the event log.
package func logging<Result: ~Copyable>(
  _ body: () throws(WALError) -> Result
) throws(EventLogError) -> Result {
  do throws(WALError) { return try body() } catch { throw .writeAheadLog(error) }
}
