import Files
import Glibc
import Synchronization

/// Files in memory that record each operation which changes something, in order, so that ``CrashStates`` can make what a crash
/// may leave after any of them. Files are told apart by numbers, since a rename gives one another name.
package final class RecordingFiles: FileSystem {
  /// An operation that changes something, or makes a change durable.
  package enum Operation {
    case create(path: String, file: Int)
    case write(file: Int, offset: Int, bytes: [UInt8])
    case truncate(file: Int, size: Int)
    case sync(file: Int)
    case rename(path: String, file: Int, to: String)
    case remove(path: String)
    case syncDirectory
  }

  private struct State {
    var names: [String: Int] = [:]
    var contents: [[UInt8]] = []
    var operations: [Operation] = []
    var failsNextSync = false
  }

  private let state: Mutex<State>

  /// What is there before anything is recorded, all of it durable.
  package let initial: [String: [UInt8]]

  package init(_ initial: [String: [UInt8]] = [:]) {
    self.initial = initial
    var state = State()
    for (path, bytes) in initial.sorted(by: { $0.key < $1.key }) {
      state.names[path] = state.contents.count
      state.contents.append(bytes)
    }
    self.state = Mutex(state)
  }

  /// What was done so far.
  package var operations: [Operation] { state.withLock(\.operations) }

  /// Lets the next sync of a file fail: what was written stays readable, and not durable, as after a kill between the two.
  package func failNextSync() { state.withLock { $0.failsNextSync = true } }

  fileprivate func content(_ file: Int) -> [UInt8] { state.withLock { $0.contents[file] } }

  fileprivate func write(_ file: Int, _ bytes: [UInt8], at offset: Int) {
    state.withLock { state in
      state.contents[file].overwrite(with: bytes, at: offset)
      state.operations.append(.write(file: file, offset: offset, bytes: bytes))
    }
  }

  fileprivate func truncate(_ file: Int, to size: Int) {
    state.withLock { state in
      state.contents[file].resize(to: size)
      state.operations.append(.truncate(file: file, size: size))
    }
  }

  fileprivate func sync(_ file: Int, _ path: String) throws(FileError) {
    let isDone = state.withLock { state in
      guard !state.failsNextSync else {
        state.failsNextSync = false
        return false
      }
      state.operations.append(.sync(file: file))
      return true
    }
    if !isDone { throw FileError(.syncData, path, code: EIO) }
  }

  package func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    let result: Result<Int, FileError> = state.withLock { state in
      switch (state.names[path], mode) {
      case (.some, .create): return .failure(FileError(.open, path, code: EEXIST))
      case (nil, .read), (nil, .readWrite): return .failure(FileError(.open, path, code: ENOENT))
      case (.some(let file), _): return .success(file)
      case (nil, _):
        let file = state.contents.count
        state.contents.append([])
        state.names[path] = file
        state.operations.append(.create(path: path, file: file))
        return .success(file)
      }
    }
    return RecordedFile(path, try result.get(), self)
  }

  package func exists(_ path: String) throws(FileError) -> Bool {
    state.withLock { $0.names.keys.contains { $0 == path || $0.hasPrefix(path + "/") } }
  }

  package func list(_ directory: String) throws(FileError) -> [String] {
    state.withLock { state in
      state.names.keys.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.count + 1)) }
    }
  }

  package func createDirectory(_ path: String) throws(FileError) {}

  package func removeDirectory(_ path: String) throws(FileError) {}

  package func rename(_ path: String, to newPath: String) throws(FileError) {
    let isThere = state.withLock { state in
      guard let file = state.names.removeValue(forKey: path) else { return false }
      state.names[newPath] = file
      state.operations.append(.rename(path: path, file: file, to: newPath))
      return true
    }
    if !isThere { throw FileError(.rename, path, code: ENOENT) }
  }

  package func remove(_ path: String) throws(FileError) {
    let isThere = state.withLock { state in
      guard state.names.removeValue(forKey: path) != nil else { return false }
      state.operations.append(.remove(path: path))
      return true
    }
    if !isThere { throw FileError(.remove, path, code: ENOENT) }
  }

  package func syncDirectory(_ path: String) throws(FileError) {
    state.withLock { $0.operations.append(.syncDirectory) }
  }
}

/// A file of ``RecordingFiles``.
private final class RecordedFile: File {
  let path: String
  private let number: Int
  private let owner: RecordingFiles

  init(_ path: String, _ number: Int, _ owner: RecordingFiles) {
    self.path = path
    self.number = number
    self.owner = owner
  }

  func size() throws(FileError) -> Int { owner.content(number).count }

  func read(_ count: Int, at offset: Int, into buffer: inout [UInt8]) throws(FileError) {
    let bytes = owner.content(number)
    buffer = offset < bytes.count ? Array(bytes[offset..<min(bytes.count, offset + count)]) : []
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    owner.write(number, bytes.withUnsafeBytes { Array($0) }, at: offset)
  }

  func writeZeros(_ count: Int, at offset: Int) throws(FileError) {
    owner.write(number, [UInt8](repeating: 0, count: count), at: offset)
  }

  func truncate(to size: Int) throws(FileError) { owner.truncate(number, to: size) }

  func syncData() throws(FileError) { try owner.sync(number, path) }

  func sync() throws(FileError) { try owner.sync(number, path) }

  func tryLock() throws(FileError) -> Bool { true }
}

extension [UInt8] {
  /// Puts bytes in the place of others, behind the end too.
  package mutating func overwrite(with bytes: some Collection<UInt8>, at offset: Int) {
    if count < offset + bytes.count { resize(to: offset + bytes.count) }
    replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }

  /// Cuts, or goes on with zeros.
  package mutating func resize(to size: Int) {
    if count > size { removeLast(count - size) } else { append(contentsOf: repeatElement(0, count: size - count)) }
  }
}
