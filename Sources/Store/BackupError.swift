import EventLog
import Files
import LMDB

/// Why a backup was not made, or not restored. Nothing is left of it under the name that was asked for.
package enum BackupError: Error, Sendable {
  /// Something has the name that the backup is to get.
  case taken(path: String)
  /// The folder that is to hold the restored store is not empty.
  case notEmpty(path: String)
  /// Another backup or restoration is being made under this name.
  case inProgress(path: String)
  /// What has the name under which it would be made was not left by one that was interrupted, and so is not removed.
  case inTheWay(path: String)
  /// The folder is no backup.
  case noBackup(path: String)
  /// The backup is not what was written.
  case damaged(StoreVerification.Damage)
  /// Its checkpoint could not be signed.
  case unsigned(reason: String)
  /// The store could not be read, or the copy not be written.
  case log(EventLogError)
}

extension BackupError: LMDBFailure {
  package init(lmdb error: LMDBError) {
    self = .log(.lmdb(error))
  }
}

extension BackupError: CustomStringConvertible {
  /// The error in words that say what to do.
  package var description: String {
    switch self {
    case .taken(let path): "\(path) exists already; a backup gets a name of its own"
    case .notEmpty(let path): "\(path) is not empty; a store is restored into a new or an empty folder"
    case .inProgress(let path): "\(path) is being written by another process"
    case .inTheWay(let path): "\(path) is in the way, and was not left by an interrupted backup; move it elsewhere"
    case .noBackup(let path): "\(path) is no backup: it has no \(DataFolder.backupMark)"
    case .damaged(let damage): "the backup is damaged: \(damage)"
    case .unsigned(let reason): "its checkpoint was not signed: \(reason)"
    case .log(let error): "\(error)"
    }
  }
}

/// Does what may fail with a file, as an error of a backup.
func filing<Result>(_ body: () throws(FileError) -> Result) throws(BackupError) -> Result {
  do throws(FileError) { return try body() } catch { throw .log(.file(error)) }
}

/// Does what may fail in the log, as an error of a backup.
func backing<Result>(_ body: () throws(EventLogError) -> Result) throws(BackupError) -> Result {
  do throws(EventLogError) { return try body() } catch { throw .log(error) }
}

/// Does what may find a backup damaged, as an error of it; told from what merely could not be read or written.
func finding<Result>(_ body: () throws(StoreVerification.Damage) -> Result) throws(BackupError) -> Result {
  do throws(StoreVerification.Damage) {
    return try body()
  } catch {
    if case .log(let cause) = error, !error.isDamage { throw .log(cause) }
    throw .damaged(error)
  }
}
