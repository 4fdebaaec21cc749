import Digests
import Files

/// Finds the end of a log after whatever happened to it, by the rules in `schema/storage.md`, section "Recovery rules".
struct Recovery {
  let directory: SegmentDirectory
  let options: LogOptions
  /// The last position known to have been durable, in LMDB or by what was being erased.
  private var applied: UInt64
  private var report = RecoveryReport()

  init(_ directory: SegmentDirectory, _ options: LogOptions, applied: UInt64) {
    self.directory = directory
    self.options = options
    self.applied = applied
  }

  /// Repairs what a crash explains, refuses what it does not.
  mutating func run() throws(WALError) -> RecoveredLog {
    try readingFiles { () throws(FileError) in try makeDirectory() }
    try readingFiles { () throws(FileError) in try removeUnfinished() }
    KillPoint.leftoversRemoved.pass()
    // Otherwise what is appended in a lost entry's place would be erased for it.
    applied = max(applied, try LogEraser(directory).resume())
    let segments = try openSegments()
    try settleSpare(after: segments.last)
    report.segments = segments.count
    guard !segments.isEmpty else { return try newLog() }
    var scanner = try scan(segments)
    try settleTail(&scanner)
    let head = scanner.nextPosition - 1
    guard applied <= head else { throw .missingEntries(head: head, expected: applied) }
    let last = scanner.segment.header
    // The next segment's header must be one that can be read.
    let next = [last.number + 1, last.epoch + options.epochStep, scanner.nextPosition]
    guard next.allSatisfy({ $0 < SegmentHeader.numberLimit }) else {
      throw .corrupt(Corruption(segment: last.number, offset: 0, position: last.firstPosition, reason: .range))
    }
    KillPoint.recovered.pass()
    let isEmpty = scanner.offset == SegmentHeader.blockBytes
    return RecoveredLog(
      logID: last.logID,
      epoch: last.epoch,
      head: head,
      lastHash: scanner.lastHash,
      nextSegment: isEmpty ? last.number : last.number + 1,
      unsealed: isEmpty ? nil : RecoveredLog.Unsealed(file: scanner.segment.file, usedBytes: scanner.offset),
      report: report
    )
  }

  private mutating func newLog() throws(WALError) -> RecoveredLog {
    guard applied == 0 else { throw .missingEntries(head: 0, expected: applied) }
    report.isNew = true
    return RecoveredLog(
      logID: .random(), epoch: 0, head: 0, lastHash: .zero, nextSegment: 1, unsealed: nil, report: report)
  }

  private func makeDirectory() throws(FileError) {
    guard try !directory.fileSystem.exists(directory.path) else { return }
    try directory.fileSystem.createDirectory(directory.path)
    let parent = directory.path.lastIndex(of: "/").map { String(directory.path[..<$0]) } ?? "."
    try directory.fileSystem.syncDirectory(parent.isEmpty ? "/" : parent)
  }

  private func removeUnfinished() throws(FileError) {
    let unfinished = [directory.unfinished, directory.unfinishedTail, directory.unfinishedErasing]
    for path in unfinished where try directory.fileSystem.exists(path) {
      try directory.fileSystem.remove(path)
    }
  }

  /// Keeps a spare that can serve, removes one of another size, refuses one that holds frames.
  private func settleSpare(after last: SegmentHeader?) throws(WALError) {
    let fileSystem = directory.fileSystem
    guard try readingFiles({ () throws(FileError) in try fileSystem.exists(directory.spare) }) else { return }
    var frame: [UInt8] = []
    let size = try readingFiles { () throws(FileError) in
      let file = try fileSystem.open(directory.spare, .read)
      try file.read(FrameHeader.byteCount, at: SegmentHeader.blockBytes, into: &frame)
      return try file.size()
    }
    guard frame.span.bytes.isZero else {
      throw .corrupt(
        Corruption(
          segment: (last?.number ?? 0) + 1, offset: SegmentHeader.blockBytes, position: last?.firstPosition ?? 0,
          reason: .spare))
    }
    if size != options.segmentBytes {
      try readingFiles { () throws(FileError) in try fileSystem.remove(directory.spare) }
    }
  }

  /// Opens all segments and checks what their headers tell.
  private func openSegments() throws(WALError) -> [SegmentHeader] {
    var segments: [SegmentHeader] = []
    for number in try directory.numbers() {
      guard let previous = segments.last else {
        segments.append(try directory.open(number, position: 0).header)
        continue
      }
      guard number == previous.number + 1 else {
        throw .corrupt(
          Corruption(
            segment: previous.number + 1, offset: 0, position: previous.firstPosition, reason: .missingSegment))
      }
      let segment = try directory.open(number, position: previous.firstPosition)
      try segment.checkFollows(previous)
      segments.append(segment.header)
    }
    return segments
  }

  /// Reads as many segments as the options ask for, and returns the scan of the last one, not yet begun.
  private mutating func scan(_ segments: [SegmentHeader]) throws(WALError) -> SegmentScanner {
    var index = options.verification == .full ? 0 : segments.count - 1
    if index > 0, try isUnsealed(segments[index - 1]) { index -= 1 }
    var scanner = try scanner(of: segments[index])
    for next in segments[(index + 1)...] {
      while try scanner.next() != nil { report.frames += 1 }
      let following = try self.scanner(of: next)
      try following.segment.checkFollows(scanner)
      if scanner.offset < scanner.size {
        try readingFiles { () throws(FileError) in
          try scanner.segment.file.truncate(to: scanner.offset)
          try scanner.segment.file.sync()
        }
      }
      scanner = following
    }
    return scanner
  }

  private func scanner(of header: SegmentHeader) throws(WALError) -> SegmentScanner {
    try SegmentScanner(try directory.open(header.number, .readWrite, position: header.firstPosition))
  }

  /// Whether a segment still has the size with which it was made: a crash can come between the next segment and
  /// sealing.
  private func isUnsealed(_ header: SegmentHeader) throws(WALError) -> Bool {
    try readingFiles { () throws(FileError) in
      try directory.fileSystem.open(directory.segment(header.number), .read).size() == options.segmentBytes
    }
  }

  /// Reads the last segment; cuts what a crash left unfinished at its end, and makes durable what it keeps.
  private mutating func settleTail(_ scanner: inout SegmentScanner) throws(WALError) {
    var lastFrame = scanner.offset..<scanner.offset
    do throws(WALError) {
      while let frame = try scanner.next() {
        report.frames += 1
        lastFrame = frame.offset..<frame.offset + frame.byteCount
      }
    } catch {
      guard case .corrupt(let corruption) = error, applied < scanner.nextPosition else { throw error }
      let tail = try TornTail(of: scanner.segment, from: scanner.offset)
      if tail.laterFrame != nil { throw error }
      let path = try tail.cut(in: directory)
      report.cut = RecoveryReport.Cut(place: corruption, byteCount: tail.end - scanner.offset, keptAs: path)
    }
    try rewrite(lastFrame, of: scanner.segment.file)
  }

  /// Writes the last frame once more, as it is, and syncs it.
  ///
  /// Its own sync may never have been done, or have failed: then it is sound in the kernel's memory only, and a sync
  /// alone would not write pages that the kernel takes for clean. The next segment is going to vouch for it.
  private func rewrite(_ frame: Range<Int>, of file: any File) throws(WALError) {
    guard !frame.isEmpty else { return }
    try readingFiles { () throws(FileError) in
      var bytes: [UInt8] = []
      try file.read(frame.count, at: frame.lowerBound, into: &bytes)
      try file.write(bytes.span.bytes, at: frame.lowerBound)
      KillPoint.lastFrameRewritten.pass()
      try file.syncData()
    }
  }
}
