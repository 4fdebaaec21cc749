import Foundation

/// A new folder for one test, removed with all it holds when the last reference goes.
package final class TemporaryFolder: Sendable {
  /// The folder's path, short enough for a Unix socket inside.
  package let path: String

  /// - Parameter inMemory: where the system has one, in a file system in memory, for tests that sync a great deal.
  package init(inMemory: Bool = false) {
    let memory = "/dev/shm"
    let parent =
      inMemory && FileManager.default.isWritableFile(atPath: memory)
      ? memory : FileManager.default.temporaryDirectory.path
    var template = Array("\(parent)/annals-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something inside.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Copies a file or a folder with all it holds, in place of what has the name.
  package static func copy(_ path: String, to target: String) throws {
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: path, toPath: target)
  }

  /// Removes a file or a folder with all it holds.
  package static func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: path)
  }

  /// The names in a folder, sorted.
  package static func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}
