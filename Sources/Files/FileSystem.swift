/// All that Annals does with files, as one seam: the real one is ``PosixFileSystem``; tests put others in its place
/// that fail on purpose or keep apart what was synced and what was not.
///
/// Operations are synchronous. Nothing here survives a crash by itself: a file's content by ``File/syncData()`` or
/// ``File/sync()``, its name by ``syncDirectory(_:)`` on the directory.
package protocol FileSystem: Sendable {
  /// Opens or creates the file at `path`. New files get mode 0600, so that no other user reads the record.
  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File

  /// Whether anything has this name. Errors other than "no such file" are thrown, not taken for absence.
  func exists(_ path: String) throws(FileError) -> Bool

  /// The names in a directory, without `.` and `..`, in no particular order.
  func list(_ directory: String) throws(FileError) -> [String]

  /// Creates a directory with mode 0700. It is an error if the name is taken.
  func createDirectory(_ path: String) throws(FileError)

  /// Removes an empty directory.
  func removeDirectory(_ path: String) throws(FileError)

  /// Gives a file a new name, atomically, in place of any file that has it.
  func rename(_ path: String, to newPath: String) throws(FileError)

  /// Removes a file's name.
  func remove(_ path: String) throws(FileError)

  /// Makes the names in a directory durable (`fsync` on the directory). A failure is never to be retried.
  func syncDirectory(_ path: String) throws(FileError)
}

extension FileSystem {
  /// Creates a directory and those above it, where they are missing, so that they survive a crash.
  package func createDirectories(_ path: String) throws(FileError) {
    if try exists(path) { return }
    var parent = "."
    if let slash = path.lastIndex(of: "/") {
      parent = slash == path.startIndex ? "/" : String(path[..<slash])
      try createDirectories(parent)
    }
    try createDirectory(path)
    try syncDirectory(parent)
  }
}
