import Digests

/// Lays out frames in one buffer that is used again and again, so that an append allocates nothing in the long run.
struct FrameBuilder {
  /// A buffer that has grown beyond this is given back after use: one huge group must not cost its memory for ever.
  private static let retainedBytes = 8 << 20

  /// The frame built last, ready to be written.
  private(set) var bytes: [UInt8] = []

  /// Where a frame is to stand.
  struct Place {
    let segment: SegmentHeader
    let offset: Int
    let firstPosition: UInt64
    let previousHash: Digest256
    let applied: UInt64
  }

  /// Builds the frame of `entries`, `frameBytes` long, and returns its hash.
  mutating func build(_ entries: [LogEntry], frameBytes: Int, at place: Place) -> Digest256 {
    if bytes.capacity > Self.retainedBytes && frameBytes <= Self.retainedBytes { bytes = [] }
    bytes.removeAll(keepingCapacity: true)
    bytes.reserveCapacity(frameBytes)
    let header = FrameHeader(
      count: entries.count,
      frameBytes: frameBytes,
      firstPosition: place.firstPosition,
      segment: place.segment.number,
      offset: place.offset,
      epoch: place.segment.epoch,
      applied: place.applied,
      logID: place.segment.logID,
      previousHash: place.previousHash,
      indexChecksum: 0
    )
    header.append(to: &bytes)
    for entry in entries {
      bytes.append(integer: UInt32(entry.bytes.count))
      entry.leaf.append(to: &bytes)
    }
    let index = FrameHeader.byteCount..<header.hashedBytes
    bytes.store(Checksum64.of(bytes.span.bytes.extracting(index)), at: FrameHeader.indexChecksumOffset)
    let checked = 0..<FrameHeader.headerChecksumOffset
    bytes.store(Checksum64.of(bytes.span.bytes.extracting(checked)), at: FrameHeader.headerChecksumOffset)
    let hash = Digest256.sha256(of: bytes.span.bytes)
    for entry in entries { bytes.append(contentsOf: entry.bytes) }
    bytes.append(contentsOf: repeatElement(0, count: frameBytes - bytes.count))
    return hash
  }
}
