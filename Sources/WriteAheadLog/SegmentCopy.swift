import Files

/// A segment's file being written as the copy of another, from front to back and no longer than its frames.
struct SegmentCopy {
  /// Bytes written and synced at once. One sync over a whole segment would hold up the syncs of a writer on the same disk.
  private static let stepBytes = 4 << 20

  let header: SegmentHeader
  private let file: any File
  private var waiting: [UInt8]
  private var written = 0

  /// Begins the copy of a segment: with its header, which says the same in either place.
  init(of segment: Segment, in directory: SegmentDirectory) throws(WALError) {
    header = segment.header
    waiting = header.encoded()
    file = try readingFiles { () throws(FileError) in
      try directory.fileSystem.open(directory.segment(segment.header.number), .create)
    }
  }

  /// Takes in the next frame of the segment.
  ///
  /// - Precondition: It stands right behind what was taken in before.
  mutating func append(_ frame: LogFrame) throws(WALError) {
    precondition(frame.offset == written + waiting.count, "a frame out of its place")
    waiting.append(contentsOf: frame.buffer[frame.start..<frame.start + frame.byteCount])
    if waiting.count >= Self.stepBytes { try write() }
  }

  /// Makes the file durable, and gives its length. Nothing more can be taken in.
  mutating func finish() throws(WALError) -> Int {
    try write()
    try readingFiles { () throws(FileError) in try file.sync() }
    return written
  }

  private mutating func write() throws(WALError) {
    do throws(FileError) {
      try file.write(waiting.span.bytes, at: written)
      try file.syncData()
    } catch {
      throw .file(error)
    }
    written += waiting.count
    waiting.removeAll(keepingCapacity: true)
  }
}
