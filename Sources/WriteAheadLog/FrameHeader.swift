import Digests

/// The head of a frame: one group commit.
///
/// The byte table is in `schema/storage.md`, section "Frame".
struct FrameHeader: Hashable, Sendable {
  /// Length of a header.
  static let byteCount = 128
  /// Length of an entry's part of the index: its length and its leaf hash.
  static let indexEntryBytes = 4 + Digest256.byteCount
  /// Frames begin at multiples of this.
  static let alignment = 8
  /// The longest frame, with header and padding. A reader holds a whole frame in memory.
  static let maximumFrameBytes = 256 << 20

  static let magic = UInt64(littleEndianASCII: "ANNFRAME")
  private static let version: UInt32 = 1
  static let indexChecksumOffset = 112
  static let headerChecksumOffset = 120

  let count: Int
  let frameBytes: Int
  let firstPosition: UInt64
  let segment: UInt64
  let offset: Int
  let epoch: UInt64
  let applied: UInt64
  let logID: LogID
  let previousHash: Digest256
  let indexChecksum: UInt64

  /// Length of header and index: what the frame's hash covers.
  var hashedBytes: Int { Self.byteCount + count * Self.indexEntryBytes }

  /// Length of a frame with so many entries of so many bytes together.
  static func frameBytes(count: Int, entryBytes: Int) -> Int {
    (byteCount + count * indexEntryBytes + entryBytes + alignment - 1) & ~(alignment - 1)
  }

  /// Appends the header with a zero in place of its own checksum.
  func append(to buffer: inout [UInt8]) {
    buffer.append(integer: Self.magic)
    buffer.append(integer: Self.version)
    buffer.append(integer: UInt32(count))
    buffer.append(integer: UInt64(frameBytes))
    buffer.append(integer: firstPosition)
    buffer.append(integer: segment)
    buffer.append(integer: UInt64(offset))
    buffer.append(integer: epoch)
    buffer.append(integer: applied)
    logID.append(to: &buffer)
    previousHash.append(to: &buffer)
    buffer.append(integer: indexChecksum)
    buffer.append(integer: UInt64(0))
  }

  /// Reads the header at `start` of `bytes` and checks what can be checked without knowing its place.
  ///
  /// - Precondition: The span holds a header's length from `start` on.
  static func decode(_ bytes: RawSpan, at start: Int) throws(CorruptionReason) -> FrameHeader {
    let header = bytes.extracting(start..<start + byteCount)
    guard header.integer(at: 0, as: UInt64.self) == magic else { throw .magic }
    let checksum = header.integer(at: headerChecksumOffset, as: UInt64.self)
    guard Checksum64.of(header.extracting(0..<headerChecksumOffset)) == checksum else { throw .headerChecksum }
    guard header.integer(at: 8, as: UInt32.self) == version else { throw .version }
    let length = header.integer(at: 16, as: UInt64.self)
    guard length <= UInt64(maximumFrameBytes) else { throw .length }
    return FrameHeader(
      count: Int(header.integer(at: 12, as: UInt32.self)),
      frameBytes: Int(length),
      firstPosition: header.integer(at: 24, as: UInt64.self),
      segment: header.integer(at: 32, as: UInt64.self),
      offset: Int(truncatingIfNeeded: header.integer(at: 40, as: UInt64.self)),
      epoch: header.integer(at: 48, as: UInt64.self),
      applied: header.integer(at: 56, as: UInt64.self),
      logID: LogID(reading: header, at: 64),
      previousHash: Digest256(reading: header, at: 80),
      indexChecksum: header.integer(at: indexChecksumOffset, as: UInt64.self)
    )
  }

  /// Checks that the frame belongs to its segment and offset, whatever stands before it.
  func checkPlace(in segment: SegmentHeader, at offset: Int) throws(CorruptionReason) {
    guard logID == segment.logID else { throw .logID }
    guard self.segment == segment.number else { throw .segment }
    guard self.offset == offset else { throw .offset }
    guard epoch == segment.epoch else { throw .epoch }
  }

  /// Checks that the frame follows the one before, and that its lengths are possible in what is left of the file.
  func checkChain(position: UInt64, previousHash: Digest256, available: Int) throws(CorruptionReason) {
    guard firstPosition == position else { throw .position }
    guard self.previousHash == previousHash else { throw .previousHash }
    guard applied < firstPosition else { throw .applied }
    guard count > 0, frameBytes % Self.alignment == 0, frameBytes <= available, hashedBytes <= frameBytes else {
      throw .length
    }
  }
}
