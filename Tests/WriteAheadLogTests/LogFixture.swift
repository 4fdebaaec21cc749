import Files
import FilesTestSupport

@testable import WriteAheadLog

/// A log in memory with small segments, and short ways to do what tests do with it.
struct LogFixture {
  static let directory = "data/wal"

  /// Room for frames in a segment: four of one entry of 100 bytes, and one of an empty entry.
  static let room = 4 * 264 + 168

  let files: any FileSystem
  var options = LogOptions(
    segmentBytes: SegmentHeader.blockBytes + LogFixture.room, preparesSpare: false, clock: { 1_700_000_000_000_000 })

  init(_ files: any FileSystem = MemoryFiles()) {
    self.files = files
  }

  /// The path of a segment.
  static func segment(_ number: Int) -> String {
    let digits = String(number)
    return "\(directory)/segment-\(String(repeating: "0", count: 10 - digits.count))\(digits).wal"
  }

  func open(applied: UInt64 = 0) throws(WALError) -> LogWriter {
    try WriteAheadLog.open(directory: Self.directory, fileSystem: files, options: options, applied: applied)
  }

  var reader: LogReader { LogReader(directory: Self.directory, fileSystem: files) }

  /// All entries from a position on, as they were appended, after checking that their positions have no gap.
  func entries(from: UInt64 = 1, through: UInt64) throws -> [[UInt8]] {
    var cursor = try reader.frames(from: from, through: through)
    var entries: [[UInt8]] = []
    while let frame = try cursor.next() {
      for entry in frame.entries where entry.position >= from {
        guard entry.position == from + UInt64(entries.count) else { throw Gap(position: entry.position) }
        entries.append(Array(entry.bytes))
      }
    }
    return entries
  }

  struct Gap: Error {
    let position: UInt64
  }
}

extension LogWriter {
  /// Appends entries of these bytes as one frame; nothing counts as applied.
  @discardableResult
  func append(_ entries: [UInt8]...) throws(WALError) -> AppendedFrame {
    try append(entries.map { LogEntry($0) }, applied: 0)
  }
}

/// As many zeros.
func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

/// So many bytes that tell one entry from another.
func sample(_ number: Int, count: Int = 40) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number &* 31 &+ 1) }
}
