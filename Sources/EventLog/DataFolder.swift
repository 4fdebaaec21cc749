import Files

/// The folder that holds one log: its lock, its write-ahead log and its LMDB environment.
///
/// Whoever opens it holds an exclusive `flock` until it is let go, so that one process at a time writes.
package final class DataFolder: Sendable {
  /// Path of the folder.
  package let path: String
  private let lock: any File

  /// Opens the folder, making it where it is missing, and takes its lock.
  package init(_ path: String, fileSystem: any FileSystem) throws(EventLogError) {
    self.path = path
    do throws(FileError) {
      try fileSystem.createDirectories(path)
      lock = try fileSystem.open("\(path)/lock", .openOrCreate)
    } catch {
      throw .file(error)
    }
    let isTaken: Bool
    do throws(FileError) { isTaken = try lock.tryLock() } catch { throw .file(error) }
    guard isTaken else { throw .locked(path: path) }
  }

  /// Directory of the write-ahead log.
  package var writeAheadLog: String { "\(path)/wal" }
  /// Directory of the LMDB environment.
  package var lmdb: String { "\(path)/lmdb" }
}
