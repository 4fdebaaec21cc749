import Foundation

/// A new directory for one test, removed with all it holds when the last reference goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    let parent = FileManager.default.temporaryDirectory.path
    var template = Array("\(parent)/annals-views-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
