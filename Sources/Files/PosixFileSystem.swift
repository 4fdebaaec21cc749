import Glibc

/// The operating system's files.
package struct PosixFileSystem: FileSystem {
  /// The file system of this machine; relative paths start at the working directory.
  package init() {}

  package func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    let flags =
      switch mode {
      case .read: O_RDONLY
      case .readWrite: O_RDWR
      case .create: O_RDWR | O_CREAT | O_EXCL
      case .openOrCreate: O_RDWR | O_CREAT
      }
    let descriptor = try retrying(.open, path) { Glibc.open(path, flags | O_CLOEXEC, 0o600) }
    return PosixFile(descriptor: descriptor, path: path)
  }

  package func exists(_ path: String) throws(FileError) -> Bool {
    var information = stat()
    guard lstat(path, &information) != 0 else { return true }
    let code = errno
    if code == ENOENT { return false }
    throw FileError(.exists, path, code: code)
  }

  package func list(_ directory: String) throws(FileError) -> [String] {
    guard let stream = opendir(directory) else { throw FileError(.list, directory, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0  // `readdir` tells an error from the end by this alone.
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
          String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    if errno != 0 { throw FileError(.list, directory, code: errno) }
    return names
  }

  package func createDirectory(_ path: String) throws(FileError) {
    if mkdir(path, 0o700) != 0 { throw FileError(.createDirectory, path, code: errno) }
  }

  package func rename(_ path: String, to newPath: String) throws(FileError) {
    if Glibc.rename(path, newPath) != 0 { throw FileError(.rename, path, code: errno) }
  }

  package func remove(_ path: String) throws(FileError) {
    if unlink(path) != 0 { throw FileError(.remove, path, code: errno) }
  }

  package func removeDirectory(_ path: String) throws(FileError) {
    if rmdir(path) != 0 { throw FileError(.remove, path, code: errno) }
  }

  package func syncDirectory(_ path: String) throws(FileError) {
    let descriptor = try retrying(.open, path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw FileError(.syncDirectory, path, code: errno) }
  }
}
