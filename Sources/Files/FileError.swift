import Glibc

/// What the operating system refused to do with a file, or a socket that has a name among them.
package struct FileError: Error, Hashable, Sendable {
  /// The operation that failed.
  package enum Operation: String, Sendable {
    case open, exists, list, createDirectory, rename, remove, syncDirectory
    case size, read, write, truncate, syncData, sync, lock
    case send
  }

  /// What was tried.
  package let operation: Operation

  /// The file or directory it was tried on.
  package let path: String

  /// The system's error number (`errno`).
  package let code: Int32

  /// An error with the system's number for it.
  package init(_ operation: Operation, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The system's words for the error number.
  package var text: String { String(cString: strerror(code)) }

  /// Whether space or quota ran out (`ENOSPC`, `EDQUOT`).
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

  /// Whether there is no such file or directory (`ENOENT`).
  package var isNotFound: Bool { code == ENOENT }
}

extension FileError: CustomStringConvertible {
  /// For example `write data/wal/spare.tmp: No space left on device (28)`.
  package var description: String { "\(operation.rawValue) \(path): \(text) (\(code))" }
}
