import Files
import Synchronization

/// Passes everything on to other files, but fails where it is told to, and remembers what was done.
package final class FaultyFiles: FileSystem {
  /// An operation on a file, by the last part of the path it has or gets.
  package struct Call: Hashable, Sendable {
    package let operation: FileError.Operation
    package let name: String

    package init(operation: FileError.Operation, name: String) {
      self.operation = operation
      self.name = name
    }
  }

  /// A failure of the operation with a certain number, counted from the moment it is ordered, reads and look-ups among them.
  package struct Fault: Sendable {
    /// Which operation fails, from 1 on.
    package var number: Int
    package var code: Int32
    /// Whether every later operation fails too, as those on a medium that is gone.
    package var isLasting: Bool
    /// Whether a write leaves the first half of its bytes behind.
    package var writesHalf: Bool

    package init(number: Int, code: Int32, isLasting: Bool = false, writesHalf: Bool = false) {
      self.number = number
      self.code = code
      self.isLasting = isLasting
      self.writesHalf = writesHalf
    }
  }

  private struct State {
    var rule: (@Sendable (Call) -> Int32?)?
    var calls: [Call] = []
    var fault: Fault?
    var count = 0
    var failed: Call?
  }

  private let base: any FileSystem
  private let state = Mutex(State())

  package init(_ base: any FileSystem = PosixFileSystem()) {
    self.base = base
  }

  /// From now on, a call that changes something, and for which this gives an error number, fails with it without being passed on.
  package func fail(_ rule: (@Sendable (Call) -> Int32?)?) {
    state.withLock { $0.rule = rule }
  }

  /// From now on operations are counted, and fail as this says; nil to have none fail.
  package func order(_ fault: Fault?) {
    state.withLock { ($0.fault, $0.count, $0.failed) = (fault, 0, nil) }
  }

  /// Operations since a fault, or none, was ordered.
  package var count: Int { state.withLock(\.count) }

  /// The operation that failed first, as ordered; nil if none has.
  package var failed: Call? { state.withLock(\.failed) }

  /// What has been called that changes something, in order.
  package var calls: [Call] { state.withLock(\.calls) }

  /// - Returns: how the operation is to fail; nil if it is to be passed on.
  fileprivate func verdict(_ operation: FileError.Operation, _ path: String, changes: Bool) -> (FileError, Fault?)? {
    let call = Call(operation: operation, name: path.split(separator: "/").last.map(String.init) ?? "")
    return state.withLock { state in
      state.count += 1
      if changes { state.calls.append(call) }
      if changes, let code = state.rule?(call) { return (FileError(operation, path, code: code), nil) }
      guard let fault = state.fault, fault.isLasting ? state.count >= fault.number : state.count == fault.number else {
        return nil
      }
      state.failed = state.failed ?? call
      return (FileError(operation, path, code: fault.code), fault)
    }
  }

  fileprivate func check(_ operation: FileError.Operation, _ path: String, changes: Bool = true) throws(FileError) {
    if let (error, _) = verdict(operation, path, changes: changes) { throw error }
  }

  package func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    try check(.open, path, changes: false)
    return FaultyFile(path, base: try base.open(path, mode), owner: self)
  }

  package func exists(_ path: String) throws(FileError) -> Bool {
    try check(.exists, path, changes: false)
    return try base.exists(path)
  }

  package func list(_ directory: String) throws(FileError) -> [String] {
    try check(.list, directory, changes: false)
    return try base.list(directory)
  }

  package func createDirectory(_ path: String) throws(FileError) {
    try check(.createDirectory, path)
    try base.createDirectory(path)
  }

  package func removeDirectory(_ path: String) throws(FileError) {
    try check(.remove, path)
    try base.removeDirectory(path)
  }

  package func rename(_ path: String, to newPath: String) throws(FileError) {
    try check(.rename, newPath)
    try base.rename(path, to: newPath)
  }

  package func remove(_ path: String) throws(FileError) {
    try check(.remove, path)
    try base.remove(path)
  }

  package func syncDirectory(_ path: String) throws(FileError) {
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

  func size() throws(FileError) -> Int {
    try owner.check(.size, path, changes: false)
    return try base.size()
  }

  func read(_ count: Int, at offset: Int, into buffer: inout [UInt8]) throws(FileError) {
    try owner.check(.read, path, changes: false)
    try base.read(count, at: offset, into: &buffer)
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    if let (error, fault) = owner.verdict(.write, path, changes: true) {
      if fault?.writesHalf == true { try base.write(bytes.extracting(first: bytes.byteCount / 2), at: offset) }
      throw error
    }
    try base.write(bytes, at: offset)
  }

  func writeZeros(_ count: Int, at offset: Int) throws(FileError) {
    if let (error, fault) = owner.verdict(.write, path, changes: true) {
      if fault?.writesHalf == true { try base.writeZeros(count / 2, at: offset) }
      throw error
    }
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

  func tryLock() throws(FileError) -> Bool {
    try owner.check(.lock, path, changes: false)
    return try base.tryLock()
  }
}
