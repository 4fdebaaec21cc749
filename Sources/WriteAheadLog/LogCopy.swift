import Digests
import Files

/// Copies a log into another directory, also while it is written to, and checks every bit that it copies.
///
/// Frames are copied whole and segments with their headers, so that the copy is a log of its own: it opens, with the next
/// epoch, and goes on. What else lies in the directory (spare, kept tails, files in the making) is left behind. The source
/// is not changed.
package struct LogCopy: Sendable {
  /// What was copied, and where from.
  package struct Report: Sendable {
    /// The log's id, and the highest epoch of the segments copied.
    package let identity: LogIdentity
    /// What the copy holds.
    package let summary: LogSummary
    /// Length of all files together.
    package let byteCount: Int
  }

  /// Told the last position copied and the last to copy, frame by frame.
  package typealias Progress = (_ done: UInt64, _ of: UInt64) -> Void

  private let source: SegmentDirectory
  private let target: SegmentDirectory

  /// A copy of the log in one directory into another, which exists and is empty.
  package init(from source: String, to target: String, fileSystem: any FileSystem) {
    self.source = SegmentDirectory(path: source, fileSystem: fileSystem)
    self.target = SegmentDirectory(path: target, fileSystem: fileSystem)
  }

  /// Copies all that is kept up to a position, and makes the copy durable; its name in the directory above is the caller's.
  ///
  /// The frame that holds the position is the last one. If the segment behind it begins right there, its header is copied
  /// as well, and so on: it may be all that tells of the last opening, whose epoch must not be given away again.
  ///
  /// - Parameters:
  ///   - through: The last position wanted, which must be durable already. Nothing behind its frame is looked at. Nil for
  ///     all of a log at rest, whose last frame must be followed by zeros alone.
  ///   - progress: See ``Progress``; the last to copy is 0 where it is not given.
  /// - Throws: `corrupt` with the place of the first bit that is not what was written; `missingEntries` if the log ends
  ///   before `through`, or there is none; `diskFull` if there is no space for the copy; `file`. What was copied until
  ///   then is left.
  package func run(through: UInt64? = nil, progress: Progress = { _, _ in }) throws(WALError) -> Report {
    let numbers = try source.numbers()
    guard let number = numbers.first else { throw .missingEntries(head: 0, expected: max(1, through ?? 1)) }
    let first = try source.open(number, position: 0)
    var summary = LogSummary()
    (summary.first, summary.head) = (first.header.firstPosition, first.header.firstPosition - 1)
    summary.lastHash = first.header.previousHash
    var segment = try SegmentCopy(of: first, in: target)
    var byteCount = 0
    var cursor = LogCursor(source, numbers[...], from: summary.first, through: through)
    while let frame = try cursor.next() {
      // One by one: a segment without a frame between others is part of the log too.
      while frame.segment > segment.header.number {
        byteCount += try segment.finish()
        let next = try source.open(segment.header.number + 1, position: frame.firstPosition)
        segment = try SegmentCopy(of: next, in: target)
      }
      try segment.append(frame)
      summary.add(frame)
      progress(frame.lastPosition, through ?? 0)
    }
    byteCount += try segment.finish()
    summary.segments = Int(segment.header.number - number) + 1
    while let last = try begun(behind: segment.header, summary) {
      segment = try SegmentCopy(of: last, in: target)
      byteCount += try segment.finish()
      summary.segments += 1
    }
    try readingFiles { () throws(FileError) in try target.fileSystem.syncDirectory(target.path) }
    return Report(
      identity: LogIdentity(logID: segment.header.logID, epoch: segment.header.epoch), summary: summary,
      byteCount: byteCount)
  }

  /// The segment that begins where the copy ends, if there is one.
  private func begun(behind last: SegmentHeader, _ summary: LogSummary) throws(WALError) -> Segment? {
    guard try source.numbers().contains(last.number + 1) else { return nil }
    let position = summary.head + 1
    let next = try source.open(last.number + 1, position: position)
    try next.checkFollows(last)
    guard next.header.firstPosition == position else { return nil }
    guard next.header.previousHash == summary.lastHash else {
      throw .corrupt(
        Corruption(segment: next.header.number, offset: 0, position: position, reason: .previousHash))
    }
    return next
  }
}
