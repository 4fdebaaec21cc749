import Files
import Glibc

/// A new directory for one test, removed with the log in it when the last reference goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/annals-wal-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    let files = PosixFileSystem()
    for name in (try? files.list("\(path)/wal")) ?? [] { try? files.remove("\(path)/wal/\(name)") }
    rmdir("\(path)/wal")
    rmdir(path)
  }
}
