import Foundation

/// A folder of its own for a test, removed when the test lets it go.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "annals-store-\(UUID().uuidString)").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something inside.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Copies a file or a folder with all it holds, in place of what has the name.
  static func copy(_ path: String, to target: String) throws {
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: path, toPath: target)
  }

  /// Removes a file or a folder with all it holds.
  static func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: path)
  }

  /// The names in a folder, sorted.
  static func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}
