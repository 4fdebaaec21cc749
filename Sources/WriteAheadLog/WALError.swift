import Files

/// Why the write-ahead log could not do what was asked.
package enum WALError: Error, Hashable, Sendable {
  /// Reading, or recovery's own writing, failed in the file system.
  case file(FileError)

  /// No space to prepare the next segment. Nothing of the frame was written; the writer stays usable.
  case diskFull(FileError)

  /// A write or sync failed, now or before, for this cause. The writer will never write again; whether the frame that
  /// met the failure is on disk, the next opening finds out.
  case poisoned(FileError)

  /// The entries make a frame of more bytes than the limit. The writer stays usable.
  case frameTooLarge(byteCount: Int, limit: Int)

  /// The log is damaged in a way that a crash does not explain.
  case corrupt(Corruption)

  /// The log ends at `head`, though entries up to position `expected` are known to have been durable.
  case missingEntries(head: UInt64, expected: UInt64)

  /// Entries before position `first` are no longer kept.
  case notKept(first: UInt64)

  /// The entry at `position` cannot be erased.
  case notErasable(position: UInt64, ErasureObstacle)

  /// An erasure was begun and not finished; the next opening finishes it.
  case erasurePending(position: UInt64)

  /// The file that says what is being erased is not what was written.
  case damagedErasure(path: String)
}

extension WALError: CustomStringConvertible {
  /// The error in words, with its cause.
  package var description: String {
    switch self {
    case .file(let cause): "write-ahead log: \(cause)"
    case .diskFull(let cause): "write-ahead log: no space for the next segment: \(cause)"
    case .poisoned(let cause): "write-ahead log: stopped after a failed write or sync: \(cause)"
    case .frameTooLarge(let byteCount, let limit):
      "write-ahead log: a group of \(byteCount) bytes is over the limit of \(limit)"
    case .corrupt(let corruption): "write-ahead log is damaged at \(corruption)"
    case .missingEntries(let head, let expected):
      "write-ahead log ends at position \(head), but entries up to position \(expected) were durable"
    case .notKept(let first): "write-ahead log begins at position \(first)"
    case .notErasable(let position, let obstacle): "write-ahead log: entry \(position) \(obstacle.rawValue)"
    case .erasurePending(let position):
      "write-ahead log: the erasure of entry \(position) was begun and not finished; the daemon finishes it when it starts"
    case .damagedErasure(let path): "write-ahead log: \(path) is damaged; it says which entries were being erased"
    }
  }
}

/// Does what may fail in the file system, as an error of the log.
func readingFiles<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(WALError) -> Value {
  do throws(FileError) { return try body() } catch { throw .file(error) }
}
