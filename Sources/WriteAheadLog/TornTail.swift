import Files

/// What stands in the last segment from the first invalid frame on.
struct TornTail {
  private let segment: Segment
  private let offset: Int

  /// The end of the last eight bytes that are not all zero.
  private(set) var end: Int

  /// Offset of a frame header further on that is sound and belongs there: the invalid frame was not the last one.
  private(set) var laterFrame: Int?

  /// Looks at everything from `offset` to the end of the file.
  init(of segment: Segment, from offset: Int) throws(WALError) {
    self.segment = segment
    self.offset = offset
    end = offset
    let segmentEnd = try readingFiles { () throws(FileError) in try segment.file.size() }
    var chunk: [UInt8] = []
    var place = offset
    while place < segmentEnd {
      try readingFiles { () throws(FileError) in
        try segment.file.read(min(ReadWindow.stepBytes, segmentEnd - place), at: place, into: &chunk)
      }
      if chunk.isEmpty { break }
      try examine(chunk, at: place)
      place += chunk.count
    }
  }

  /// Chunks begin at multiples of 8, as frames do, so no magic number lies across two of them.
  private mutating func examine(_ chunk: [UInt8], at place: Int) throws(WALError) {
    var index = 0
    while index + 8 <= chunk.count {
      let word = chunk.span.bytes.integer(at: index, as: UInt64.self)
      if word != 0 { end = place + index + 8 }
      if word == FrameHeader.magic && laterFrame == nil && place + index > offset {
        if try isFrame(at: place + index) { laterFrame = place + index }
      }
      index += 8
    }
    if !chunk.span.bytes.extracting(index..<chunk.count).isZero { end = place + chunk.count }
  }

  private func isFrame(at place: Int) throws(WALError) -> Bool {
    var bytes: [UInt8] = []
    try readingFiles { () throws(FileError) in
      try segment.file.read(FrameHeader.byteCount, at: place, into: &bytes)
    }
    guard bytes.count == FrameHeader.byteCount else { return false }
    do throws(CorruptionReason) {
      try FrameHeader.decode(bytes.span.bytes, at: 0).checkPlace(in: segment.header, at: place)
      return true
    } catch {
      return false
    }
  }

  /// Keeps the tail's bytes in a file of their own, then puts zeros in their place. Both are durable afterwards.
  ///
  /// - Returns: The path of the file.
  func cut(in directory: SegmentDirectory) throws(WALError) -> String {
    try readingFiles { () throws(FileError) in
      let path = try keep(in: directory)
      KillPoint.tailKept.pass()
      try segment.file.writeZeros(end - offset, at: offset)
      KillPoint.tailZeroed.pass()
      try segment.file.syncData()
      KillPoint.tailCut.pass()
      return path
    }
  }

  private func keep(in directory: SegmentDirectory) throws(FileError) -> String {
    let fileSystem = directory.fileSystem
    // A crash while the zeros are written leaves a second, shorter tail at the same place; it must not replace the
    // first.
    var attempt = 1
    var path: String { directory.tornTail(segment: segment.header.number, offset: offset, attempt: attempt) }
    while try fileSystem.exists(path) { attempt += 1 }
    let copy = try fileSystem.open(directory.unfinishedTail, .create)
    var chunk: [UInt8] = []
    var place = offset
    while place < end {
      try segment.file.read(min(ReadWindow.stepBytes, end - place), at: place, into: &chunk)
      if chunk.isEmpty { break }
      try copy.write(chunk.span.bytes, at: place - offset)
      place += chunk.count
    }
    try copy.sync()
    try fileSystem.rename(directory.unfinishedTail, to: path)
    try fileSystem.syncDirectory(directory.path)
    return path
  }
}
