import Files
import Glibc
import Synchronization

/// Files in memory: fast, and easy to copy and damage. What is written is there at once; syncs do nothing.
package final class MemoryFiles: FileSystem {
  private let names: Mutex<[String: MemoryFile]>

  package init(_ contents: [String: [UInt8]] = [:]) {
    names = Mutex(contents.reduce(into: [:]) { $0[$1.key] = MemoryFile($1.key, $1.value) })
  }

  /// All files by path.
  package var contents: [String: [UInt8]] {
    get { names.withLock { $0.mapValues(\.bytes) } }
    set { names.withLock { $0 = newValue.reduce(into: [:]) { $0[$1.key] = MemoryFile($1.key, $1.value) } } }
  }

  package func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    let result: Result<MemoryFile, FileError> = names.withLock { names in
      switch (names[path], mode) {
      case (.some, .create): return .failure(FileError(.open, path, code: EEXIST))
      case (nil, .read), (nil, .readWrite): return .failure(FileError(.open, path, code: ENOENT))
      case (.some(let file), _): return .success(file)
      case (nil, _):
        let file = MemoryFile(path, [])
        names[path] = file
        return .success(file)
      }
    }
    return try result.get()
  }

  package func exists(_ path: String) throws(FileError) -> Bool {
    names.withLock { $0.keys.contains { $0 == path || $0.hasPrefix(path + "/") } }
  }

  package func list(_ directory: String) throws(FileError) -> [String] {
    names.withLock { names in
      names.keys.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.count + 1)) }
    }
  }

  package func createDirectory(_ path: String) throws(FileError) {}

  package func removeDirectory(_ path: String) throws(FileError) {}

  package func rename(_ path: String, to newPath: String) throws(FileError) {
    let found = names.withLock { names in
      guard let file = names.removeValue(forKey: path) else { return false }
      names[newPath] = file
      return true
    }
    if !found { throw FileError(.rename, path, code: ENOENT) }
  }

  package func remove(_ path: String) throws(FileError) {
    if names.withLock({ $0.removeValue(forKey: path) }) == nil { throw FileError(.remove, path, code: ENOENT) }
  }

  package func syncDirectory(_ path: String) throws(FileError) {}
}

/// A file in memory.
private final class MemoryFile: File {
  let path: String
  private let content: Mutex<[UInt8]>

  init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    content = Mutex(bytes)
  }

  var bytes: [UInt8] { content.withLock { $0 } }

  func size() throws(FileError) -> Int { content.withLock(\.count) }

  func read(_ count: Int, at offset: Int, into buffer: inout [UInt8]) throws(FileError) {
    let bytes = bytes
    buffer = offset < bytes.count ? Array(bytes[offset..<min(bytes.count, offset + count)]) : []
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    let new = bytes.withUnsafeBytes { Array($0) }
    content.withLock { content in
      let end = offset + new.count
      if content.count < end { content.append(contentsOf: repeatElement(0, count: end - content.count)) }
      content.replaceSubrange(offset..<end, with: new)
    }
  }

  func writeZeros(_ count: Int, at offset: Int) throws(FileError) {
    try write([UInt8](repeating: 0, count: count).span.bytes, at: offset)
  }

  func truncate(to size: Int) throws(FileError) {
    content.withLock { content in
      content.removeLast(max(0, content.count - size))
      content.append(contentsOf: repeatElement(0, count: max(0, size - content.count)))
    }
  }

  func syncData() throws(FileError) {}

  func sync() throws(FileError) {}

  func tryLock() throws(FileError) -> Bool { true }
}
