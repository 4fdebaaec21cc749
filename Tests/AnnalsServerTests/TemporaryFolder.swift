import Foundation
import Glibc

/// A folder for one test, removed with all in it when the last reference goes.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("\(FileManager.default.temporaryDirectory.path)/annals-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { preconditionFailure("no temporary folder: errno \(errno)") }
    path = String(cString: made)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}
