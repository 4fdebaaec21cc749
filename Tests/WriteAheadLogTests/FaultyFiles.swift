import Files
import Synchronization

/// Passes everything on to other files, but fails where it is told to, and remembers what was done.
final class FaultyFiles: FileSystem {
  /// An operation on a file, by the last part of the path it has or gets.
  struct Call: Hashable {
    let operation: FileError.Operation
    let name: String
  }

  private let base: any FileSystem
  private let state = Mutex<(fault: (@Sendable (Call) -> Int32?)?, calls: [Call])>((nil, []))

  init(_ base: any FileSystem) {
    self.base = base
  }

  /// From now on, a call for which this gives an error number fails with it, without being passed on.
  func fail(_ fault: (@Sendable (Call) -> Int32?)?) {
    state.withLock { $0.fault = fault }
  }

  /// What has been called that changes something, in order.
  var calls: [Call] { state.withLock(\.calls) }

  fileprivate func check(_ operation: FileError.Operation, _ path: String) throws(FileError) {
    let call = Call(operation: operation, name: path.split(separator: "/").last.map(String.init) ?? "")
    let code = state.withLock { state in
      state.calls.append(call)
      return state.fault?(call)
    }
    if let code { throw FileError(operation, path, code: code) }
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

  func removeDirectory(_ path: String) throws(FileError) {
    try check(.remove, path)
    try base.removeDirectory(path)
  }

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
