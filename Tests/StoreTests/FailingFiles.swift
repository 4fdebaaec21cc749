import Files
import Glibc
import Synchronization

/// The system's files, which fail at one change to what a path begins with or to the folder above, or refuse any.
final class FailingFiles: FileSystem {
  private let base = PosixFileSystem()
  private let prefix: String
  private let parent: String
  /// Changes left until the one that fails; nil where all are refused.
  private let left: Mutex<Int?>
  private let failed = Mutex<String?>(nil)

  /// - Parameter change: Number of the change that fails for want of space, from 1; nil to refuse all, as a medium does that
  ///   cannot be written to.
  init(under prefix: String, at change: Int?) {
    self.prefix = prefix
    parent = String(prefix[..<(prefix.lastIndex(of: "/") ?? prefix.endIndex)])
    left = Mutex(change)
  }

  /// What failed.
  var failure: String? { failed.withLock { $0 } }

  fileprivate func check(_ operation: FileError.Operation, _ path: String) throws(FileError) {
    guard path.hasPrefix(prefix) || path == parent else { return }
    let code: Int32? = left.withLock { left in
      guard let count = left else { return EROFS }
      left = count - 1
      return count == 1 ? ENOSPC : nil
    }
    guard let code else { return }
    failed.withLock { $0 = "\(operation.rawValue) \(path.dropFirst(prefix.count))" }
    throw FileError(operation, path, code: code)
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    switch mode {
    case .read: break
    case .readWrite, .create, .openOrCreate: try check(.open, path)
    }
    return FailingFile(base: try base.open(path, mode), owner: self)
  }

  func exists(_ path: String) throws(FileError) -> Bool { try base.exists(path) }

  func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }

  func createDirectory(_ path: String) throws(FileError) {
    try check(.createDirectory, path)
    try base.createDirectory(path)
  }

  func removeDirectory(_ path: String) throws(FileError) {
    try check(.remove, path)
    try base.removeDirectory(path)
  }

  func rename(_ path: String, to newPath: String) throws(FileError) {
    try check(.rename, path)
    try base.rename(path, to: newPath)
  }

  func remove(_ path: String) throws(FileError) {
    try check(.remove, path)
    try base.remove(path)
  }

  func syncDirectory(_ path: String) throws(FileError) {
    try check(.syncDirectory, path)
    try base.syncDirectory(path)
  }
}

/// A file of ``FailingFiles``.
private final class FailingFile: File {
  private let base: any File
  private let owner: FailingFiles

  init(base: any File, owner: FailingFiles) {
    self.base = base
    self.owner = owner
  }

  var path: String { base.path }

  func size() throws(FileError) -> Int { try base.size() }

  func read(_ count: Int, at offset: Int, into buffer: inout [UInt8]) throws(FileError) {
    try base.read(count, at: offset, into: &buffer)
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    try owner.check(.write, path)
    try base.write(bytes, at: offset)
  }

  func writeZeros(_ count: Int, at offset: Int) throws(FileError) {
    try owner.check(.write, path)
    try base.writeZeros(count, at: offset)
  }

  func truncate(to size: Int) throws(FileError) {
    try owner.check(.truncate, path)
    try base.truncate(to: size)
  }

  func syncData() throws(FileError) {
    try owner.check(.syncData, path)
    try base.syncData()
  }

  func sync() throws(FileError) {
    try owner.check(.sync, path)
    try base.sync()
  }

  func tryLock() throws(FileError) -> Bool { try base.tryLock() }
}
