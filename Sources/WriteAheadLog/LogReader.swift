import Files

/// Reads a log, also while it is written to by another thread or process.
///
/// It trusts nothing that it reads, and changes nothing. Several cursors may be in use at once.
package struct LogReader: Sendable {
  private let directory: SegmentDirectory

  /// A reader of the log in this directory.
  package init(directory: String, fileSystem: any FileSystem) {
    self.directory = SegmentDirectory(path: directory, fileSystem: fileSystem)
  }

  /// The frames that hold entries `from` to `through`, in order.
  ///
  /// The first and last frame may reach further on either side.
  ///
  /// - Parameters:
  ///   - from: The first position wanted; at least 1.
  ///   - through: The last position wanted, which must be durable already. Nothing behind its frame is looked at, so
  ///     a frame that is just being written does not disturb. Less than `from` for nothing.
  /// - Throws: `notKept` if `from` was pruned; `missingEntries` if there is no log; `corrupt`; `file`.
  package func frames(from: UInt64, through: UInt64) throws(WALError) -> LogCursor {
    precondition(from >= 1, "positions begin at 1")
    let numbers = try directory.numbers()
    guard from <= through else { return LogCursor(directory, [], from: from, through: through) }
    guard !numbers.isEmpty else { throw .missingEntries(head: 0, expected: through) }
    // The last segment that begins at or before the position holds it.
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      let header = try directory.open(numbers[middle], position: 0).header
      if header.firstPosition <= from { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { throw .notKept(first: try directory.open(numbers[0], position: 0).header.firstPosition) }
    return LogCursor(directory, numbers[(low - 1)...], from: from, through: through)
  }

  /// Reads everything that is kept and checks every bit of it.
  ///
  /// - Parameter through: The last durable position, if the log is being written to; `nil` for all of a log at rest,
  ///   and then what stands after the last frame must be zero.
  /// - Throws: `corrupt` at the first divergence; `missingEntries` if the log ends before `through`; `erasurePending`;
  ///   `file`.
  package func verify(through: UInt64? = nil) throws(WALError) -> LogSummary {
    let numbers = try directory.numbers()
    var summary = LogSummary()
    if let number = numbers.first {
      let header = try directory.open(number, position: 0).header
      (summary.first, summary.head) = (header.firstPosition, header.firstPosition - 1)
      summary.lastHash = header.previousHash
    }
    var cursor = LogCursor(directory, numbers[...], from: summary.first, through: through)
    while let frame = try cursor.next() {
      summary.add(frame)
    }
    summary.segments = cursor.segmentsRead
    return summary
  }
}
