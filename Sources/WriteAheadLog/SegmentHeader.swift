import Digests

/// The head of a segment's file: what the segment is, and where in the log it stands.
///
/// The byte table is in `schema/storage.md`, section "Segment".
struct SegmentHeader: Hashable, Sendable {
  /// The header has a block of this many bytes to itself, so that no write of a frame touches its sector.
  static let blockBytes = 4096

  /// Number, epoch and first position lie below this, so that counting on from them never runs over.
  static let numberLimit = UInt64(1) << 63

  private static let magic = UInt64(littleEndianASCII: "ANNALSEG")
  private static let version: UInt32 = 1
  private static let checkedBytes = 96
  private static let usedBytes = 104

  let logID: LogID
  let number: UInt64
  let epoch: UInt64
  let firstPosition: UInt64
  /// Microseconds since 1970-01-01T00:00:00Z.
  let creation: UInt64
  let previousHash: Digest256

  /// The header's block.
  func encoded() -> [UInt8] {
    var block: [UInt8] = []
    block.reserveCapacity(Self.blockBytes)
    block.append(integer: Self.magic)
    block.append(integer: Self.version)
    block.append(integer: UInt32(Self.blockBytes))
    logID.append(to: &block)
    block.append(integer: number)
    block.append(integer: epoch)
    block.append(integer: firstPosition)
    block.append(integer: creation)
    previousHash.append(to: &block)
    block.append(integer: Checksum64.of(block.span.bytes))
    block.append(contentsOf: repeatElement(0, count: Self.blockBytes - block.count))
    return block
  }

  /// Reads a header's block; `block` may be shorter if the file is.
  static func decode(_ block: RawSpan) throws(CorruptionReason) -> SegmentHeader {
    guard block.byteCount == blockBytes else { throw .length }
    guard block.integer(at: 0, as: UInt64.self) == magic else { throw .magic }
    let checksum = block.integer(at: checkedBytes, as: UInt64.self)
    guard Checksum64.of(block.extracting(0..<checkedBytes)) == checksum else { throw .headerChecksum }
    guard block.integer(at: 8, as: UInt32.self) == version else { throw .version }
    guard block.integer(at: 12, as: UInt32.self) == UInt32(blockBytes) else { throw .length }
    guard block.extracting(usedBytes..<blockBytes).isZero else { throw .padding }
    let header = SegmentHeader(
      logID: LogID(reading: block, at: 16),
      number: block.integer(at: 32, as: UInt64.self),
      epoch: block.integer(at: 40, as: UInt64.self),
      firstPosition: block.integer(at: 48, as: UInt64.self),
      creation: block.integer(at: 56, as: UInt64.self),
      previousHash: Digest256(reading: block, at: 64)
    )
    let isInRange = [header.number, header.epoch, header.firstPosition].allSatisfy { 1..<numberLimit ~= $0 }
    guard isInRange else { throw .range }
    return header
  }
}

extension UInt64 {
  /// The integer whose eight bytes, in little-endian order, are the characters of `text`.
  init(littleEndianASCII text: StaticString) {
    precondition(text.utf8CodeUnitCount == 8, "a magic number has eight characters")
    self = text.description.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
