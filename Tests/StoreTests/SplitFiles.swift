import Files

/// The write-ahead log on one file system, all else, LMDB's folder and the lock among it, on the system's own.
struct SplitFiles: FileSystem {
  let log: any FileSystem
  private let base = PosixFileSystem()

  init(log: any FileSystem) {
    self.log = log
  }

  private func owner(of path: String) -> any FileSystem {
    path.hasSuffix("/wal") || path.contains("/wal/") ? log : base
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File { try owner(of: path).open(path, mode) }
  func exists(_ path: String) throws(FileError) -> Bool { try owner(of: path).exists(path) }
  func list(_ directory: String) throws(FileError) -> [String] { try owner(of: directory).list(directory) }
  func createDirectory(_ path: String) throws(FileError) { try owner(of: path).createDirectory(path) }
  func removeDirectory(_ path: String) throws(FileError) { try owner(of: path).removeDirectory(path) }
  func rename(_ path: String, to newPath: String) throws(FileError) {
    try owner(of: path).rename(path, to: newPath)
  }
  func remove(_ path: String) throws(FileError) { try owner(of: path).remove(path) }
  func syncDirectory(_ path: String) throws(FileError) { try owner(of: path).syncDirectory(path) }
}
