import Files
import Synchronization

/// The folder that holds one log: its lock, its write-ahead log and its LMDB environment.
///
/// Whoever opens it holds an exclusive `flock` until it is released or let go, so that one process at a time writes.
package final class DataFolder: Sendable {
  /// Path of the folder.
  package let path: String
  private let lock: Mutex<(any File)?>

  /// Name of the file that makes a folder a backup, which is never opened as a data folder: that would change it.
  package static let backupMark = "backup.json"

  /// How the names of damaged write-ahead logs begin that were replaced and kept.
  package static let damagedPrefix = "wal.damaged"

  /// Opens the folder, making it where it is missing, and takes its lock.
  ///
  /// - Throws: `locked`; `backup` where it is none, but a backup; `file`.
  package init(_ path: String, fileSystem: any FileSystem) throws(EventLogError) {
    self.path = path
    let file: any File
    let isTaken: Bool
    let isBackup: Bool
    do throws(FileError) { isBackup = try fileSystem.exists("\(path)/\(Self.backupMark)") } catch { throw .file(error) }
    guard !isBackup else { throw .backup(path: path) }
    do throws(FileError) {
      try fileSystem.createDirectories(path)
      file = try fileSystem.open("\(path)/lock", .openOrCreate)
      isTaken = try file.tryLock()
    } catch {
      throw .file(error)
    }
    guard isTaken else { throw .locked(path: path) }
    lock = Mutex(file)
  }

  /// Lets others open the folder. Nothing in it may be touched afterwards.
  func release() {
    lock.withLock { $0 = nil }
  }

  /// Directory of the write-ahead log.
  package var writeAheadLog: String { "\(path)/wal" }
  /// Directory of the LMDB environment.
  package var lmdb: String { "\(path)/lmdb" }
}
