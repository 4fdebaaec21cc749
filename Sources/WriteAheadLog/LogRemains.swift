import Files

/// What a damaged log still says of itself, by those headers in it that are sound.
package struct LogRemains: Hashable, Sendable {
  /// The last position that a segment or a frame speaks of; 0 for none.
  package private(set) var head: UInt64 = 0

  /// The highest epoch; 0 for none.
  package private(set) var epoch: UInt64 = 0

  private let logID: LogID?

  /// Looks at every place where a header may stand, of whatever segments there are; what is not sound is passed over.
  ///
  /// - Parameter logID: The log's id, if it is known: headers of others do not count.
  package init(directory: String, fileSystem: any FileSystem, logID: LogID?) throws(FileError) {
    self.logID = logID
    let segments = SegmentDirectory(path: directory, fileSystem: fileSystem)
    guard try fileSystem.exists(directory) else { return }
    for name in try fileSystem.list(directory) {
      guard let number = SegmentDirectory.number(name: name) else { continue }
      try look(at: try fileSystem.open(segments.segment(number), .read), number)
    }
  }

  private mutating func look(at file: any File, _ number: UInt64) throws(FileError) {
    var chunk: [UInt8] = []
    try file.read(SegmentHeader.blockBytes, at: 0, into: &chunk)
    if chunk.count == SegmentHeader.blockBytes, let header = try? SegmentHeader.decode(chunk.span.bytes),
      header.number == number
    {
      note(header.logID, epoch: header.epoch, head: header.firstPosition - 1)
    }
    let size = try file.size()
    var place = SegmentHeader.blockBytes
    while place < size {
      try file.read(min(ReadWindow.stepBytes, size - place), at: place, into: &chunk)
      if chunk.isEmpty { return }
      // Chunks begin where frames may, so no magic number lies across two of them.
      for index in stride(from: 0, through: chunk.count - 8, by: FrameHeader.alignment)
      where chunk.span.bytes.integer(at: index, as: UInt64.self) == FrameHeader.magic {
        try lookForFrame(in: file, number, at: place + index)
      }
      place += chunk.count
    }
  }

  private mutating func lookForFrame(in file: any File, _ number: UInt64, at offset: Int) throws(FileError) {
    var bytes: [UInt8] = []
    try file.read(FrameHeader.byteCount, at: offset, into: &bytes)
    guard bytes.count == FrameHeader.byteCount, let header = try? FrameHeader.decode(bytes.span.bytes, at: 0),
      header.segment == number, header.offset == offset, header.count > 0,
      max(header.firstPosition, header.epoch) < SegmentHeader.numberLimit
    else { return }
    note(header.logID, epoch: header.epoch, head: header.firstPosition + UInt64(header.count) - 1)
  }

  private mutating func note(_ logID: LogID, epoch: UInt64, head: UInt64) {
    guard self.logID == nil || self.logID == logID else { return }
    self.head = max(self.head, head)
    self.epoch = max(self.epoch, epoch)
  }
}
