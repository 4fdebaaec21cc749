import Files
import FilesTestSupport
import WriteAheadLog

/// A log made by hand, with any numbers in it and checksums that fit (``HandmadeLog``): read, or refused with a place, and never a
/// trap. What opens is sound, goes on, and opens again; what was cut is kept; a copy holds what was verified.
enum SegmentProperties {
  private static let directory = "wal"

  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let flags = choices.byte()
    let log = HandmadeLog(&choices)
    let contents = Dictionary(uniqueKeysWithValues: log.files.map { ("\(directory)/\($0.key)", $0.value) })
    try read(MemoryFiles(contents))
    try open(MemoryFiles(contents), isFull: flags & 1 == 0, applied: flags > 128 ? choices.integer() : 0)
  }

  private static func read(_ files: MemoryFiles) throws {
    let reader = LogReader(directory: directory, fileSystem: files)
    _ = try? LogIdentity.read(directory: directory, fileSystem: files)
    for (from, through) in [(UInt64(1), UInt64(3)), (2, .max), (.max, .max)] {
      try walk(Result { () throws(WALError) in try reader.frames(from: from, through: through) }, from: from)
    }
    guard case .success(let summary) = Result(catching: { () throws(WALError) in try reader.verify() }) else { return }
    try hold(summary.head + 1 >= summary.first, "\(summary)")
    guard !files.contents.keys.filter({ $0.contains("segment-") }).isEmpty else { return }
    let copied = try must("copy what was verified") { () throws(WALError) in
      try LogCopy(from: directory, to: "copy", fileSystem: files).run()
    }
    try hold(copied.summary.head == summary.head && copied.summary.entries == summary.entries, "\(copied.summary)")
    let verified = try must("verify the copy") { () throws(WALError) in
      try LogReader(directory: "copy", fileSystem: files).verify()
    }
    try hold(verified.lastHash == summary.lastHash, "the copy ends otherwise")
  }

  /// Walks the frames; positions have no gap.
  private static func walk(_ opened: Result<LogCursor, WALError>, from: UInt64) throws {
    guard case .success(var cursor) = opened else { return }
    var last: UInt64?
    while case .success(let frame?) = Result(catching: { () throws(WALError) in try cursor.next() }) {
      try hold(frame.lastPosition >= from, "a frame that was not asked for")
      for entry in frame.entries {
        if let last { try hold(entry.position == last + 1, "\(entry.position) behind \(last)") }
        last = entry.position
      }
    }
  }

  private static func open(_ files: MemoryFiles, isFull: Bool, applied: UInt64) throws {
    let options = LogOptions(
      segmentBytes: 8192, verification: isFull ? .full : .tail, preparesSpare: false, clock: { 1 })
    func open(_ applied: UInt64) -> Result<LogWriter, WALError> {
      Result { () throws(WALError) in
        try WriteAheadLog.open(directory: directory, fileSystem: files, options: options, applied: applied)
      }
    }
    let before = files.contents
    guard case .success(let writer) = open(applied) else { return }
    try hold(writer.head >= applied, "opened with head \(writer.head), applied \(applied)")
    if let cut = writer.recovery.cut { try checkCut(cut, before, files.contents) }
    let appended = try must("append") { () throws(WALError) in
      try writer.append([LogEntry(Array("more".utf8))], applied: writer.head)
    }
    writer.close()
    if isFull {
      let reader = LogReader(directory: directory, fileSystem: files)
      let pending = try WriteAheadLog.pendingErasure(directory: directory, fileSystem: files)
      let verified = Result { () throws(WALError) in try reader.verify() }
      if case .failure(let error) = verified, pending.isEmpty { throw Broken(description: "opened, and then \(error)") }
    }
    switch open(appended.positions.upperBound) {
    case .success(let again):
      try hold(again.recovery.cut == nil && again.head == writer.head, "opened again, and cut")
    case .failure(let error): if isFull { throw Broken(description: "opened, and then \(error)") }
    }
  }

  private static func checkCut(
    _ cut: RecoveryReport.Cut, _ before: [String: [UInt8]], _ after: [String: [UInt8]]
  ) throws {
    let kept = after[cut.keptAs] ?? []
    try hold(kept.count == cut.byteCount, "\(kept.count) bytes are kept of \(cut.byteCount)")
    let isThere = before.values.contains { bytes in
      bytes.count >= cut.place.offset + kept.count
        && bytes[cut.place.offset..<cut.place.offset + kept.count].elementsEqual(kept)
        && bytes[(cut.place.offset + kept.count)...].allSatisfy { $0 == 0 }
    }
    try hold(isThere, "what is kept is not what was cut")
  }
}
