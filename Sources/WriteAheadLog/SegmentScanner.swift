import Digests
import Files

/// Walks the frames of one segment from the first to the last, checking each.
struct SegmentScanner {
  let segment: Segment

  /// Where the next frame is expected: the end of the frames read so far.
  private(set) var offset = SegmentHeader.blockBytes

  /// The position expected next.
  private(set) var nextPosition: UInt64

  /// Hash of the last frame read, or what the segment's header says of the frame before it.
  private(set) var lastHash: Digest256

  /// The file's length when the scan began.
  let size: Int

  private var window = ReadWindow()

  init(_ segment: Segment) throws(WALError) {
    self.segment = segment
    nextPosition = segment.header.firstPosition
    lastHash = segment.header.previousHash
    size = try readingFiles { () throws(FileError) in try segment.file.size() }
  }

  /// The next frame, or `nil` where only zeros are left.
  ///
  /// - Parameter verifyingFrom: Entries of frames that end before this position are not checked against their leaf
  ///   hashes; header, index and chain always are.
  /// - Throws: `corrupt` for a frame that is not sound, or bytes other than zero after the last one. The scanner then
  ///   still stands where that frame was expected.
  mutating func next(verifyingFrom: UInt64 = 0) throws(WALError) -> LogFrame? {
    guard let start = try load(FrameHeader.byteCount), !isZero(at: start) else {
      try checkRemainder()
      return nil
    }
    let header: FrameHeader
    do throws(CorruptionReason) {
      header = try FrameHeader.decode(window.bytes.span.bytes, at: start)
      try header.checkPlace(in: segment.header, at: offset)
      try header.checkChain(position: nextPosition, previousHash: lastHash, available: size - offset)
    } catch {
      throw corruption(error)
    }
    guard let start = try load(header.frameBytes) else { throw corruption(.length) }
    do throws(CorruptionReason) { try checkBody(of: header, at: start) } catch { throw corruption(error) }
    let frame = LogFrame(header, hash: hash(of: header, at: start), buffer: window.bytes, start: start)
    if frame.lastPosition >= verifyingFrom { try checkEntries(of: frame) }
    offset += header.frameBytes
    nextPosition += UInt64(header.count)
    lastHash = frame.hash
    return frame
  }

  private mutating func load(_ count: Int) throws(WALError) -> Int? {
    do throws(FileError) {
      return try window.load(count, at: offset, of: segment.file)
    } catch {
      throw .file(error)
    }
  }

  private func isZero(at start: Int) -> Bool {
    window.bytes.span.bytes.extracting(start..<start + FrameHeader.byteCount).isZero
  }

  /// Checks the index, and that the parts add up to the frame.
  private func checkBody(of header: FrameHeader, at start: Int) throws(CorruptionReason) {
    let bytes = window.bytes.span.bytes
    let index = bytes.extracting(start + FrameHeader.byteCount..<start + header.hashedBytes)
    guard Checksum64.of(index) == header.indexChecksum else { throw .indexChecksum }
    var entryBytes = 0
    for number in 0..<header.count {
      entryBytes += Int(index.integer(at: number * FrameHeader.indexEntryBytes, as: UInt32.self))
    }
    guard FrameHeader.frameBytes(count: header.count, entryBytes: entryBytes) == header.frameBytes else {
      throw .indexLength
    }
    let padding = start + header.hashedBytes + entryBytes..<start + header.frameBytes
    guard bytes.extracting(padding).isZero else { throw .padding }
  }

  private func hash(of header: FrameHeader, at start: Int) -> Digest256 {
    Digest256.sha256(of: window.bytes.span.bytes.extracting(start..<start + header.hashedBytes))
  }

  private func checkEntries(of frame: LogFrame) throws(WALError) {
    for entry in frame.entries
    where entry.tombstone == nil && Digest256.leaf(of: entry.bytes.span.bytes) != entry.leaf {
      throw .corrupt(
        Corruption(segment: segment.header.number, offset: offset, position: entry.position, reason: .leaf))
    }
  }

  /// Checks that only zeros are left from `offset` to the end of the file.
  private func checkRemainder() throws(WALError) {
    var place = offset
    var chunk: [UInt8] = []
    while place < size {
      try readingFiles { () throws(FileError) in
        try segment.file.read(min(ReadWindow.stepBytes, size - place), at: place, into: &chunk)
      }
      // A segment that is sealed meanwhile ends here.
      if chunk.isEmpty { return }
      guard chunk.span.bytes.isZero else { throw corruption(.remainder) }
      place += chunk.count
    }
  }

  private func corruption(_ reason: CorruptionReason) -> WALError {
    .corrupt(Corruption(segment: segment.header.number, offset: offset, position: nextPosition, reason: reason))
  }
}
