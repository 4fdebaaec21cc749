import Files
import Synchronization

/// The system's files, but for operations that fail where they are told to.
final class FaultyFiles: FileSystem {
  private let base = PosixFileSystem()
  private let fault = Mutex<(@Sendable (FileError.Operation, String) -> Int32?)?>(nil)

  /// From now on, an operation that changes a file fails where this gives an error number for it and the last part of
  /// the path.
  func fail(_ fault: (@Sendable (FileError.Operation, String) -> Int32?)?) {
    self.fault.withLock { $0 = fault }
  }

  fileprivate func check(_ operation: FileError.Operation, _ path: String) throws(FileError) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    if let code = fault.withLock({ $0 })?(operation, name) { throw FileError(operation, path, code: code) }
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    FaultyFile(path, base: try base.open(path, mode), owner: self)
  }

  func exists(_ path: String) throws(FileError) -> Bool { try base.exists(path) }

  func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }

  func createDirectory(_ path: String) throws(FileError) {
    try check(.createDirectory, path)
    try base.createDirectory(path)
  }

  func removeDirectory(_ path: String) throws(FileError) { try base.removeDirectory(path) }

  func rename(_ path: String, to newPath: String) throws(FileError) {
    try check(.rename, newPath)
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

/// A file of ``FaultyFiles``.
private final class FaultyFile: File {
  let path: String
  private let base: any File
  private let owner: FaultyFiles

  init(_ path: String, base: any File, owner: FaultyFiles) {
    self.path = path
    self.base = base
    self.owner = owner
  }

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
