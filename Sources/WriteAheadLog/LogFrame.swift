import Digests

/// A frame as read from the log, with its entries: one group commit.
///
/// It shares the reader's buffer. A frame that is let go before the next one is read costs no copy; one that is kept
/// stays valid.
package struct LogFrame: Sendable {
  /// Number of the segment it stands in.
  package let segment: UInt64

  /// Its offset in the segment's file, in bytes.
  package let offset: Int

  /// Its length in the file, in bytes.
  package let byteCount: Int

  /// The opening of the log in which it was written.
  package let epoch: UInt64

  /// The last position known to be applied when it was written.
  package let applied: UInt64

  /// Position of its first entry.
  package let firstPosition: UInt64

  /// Number of its entries; at least 1.
  package let count: Int

  /// SHA-256 over header and index; the next frame names it.
  package let hash: Digest256

  /// The buffer in which the frame begins at `start`.
  let buffer: [UInt8]
  let start: Int

  init(_ header: FrameHeader, hash: Digest256, buffer: [UInt8], start: Int) {
    segment = header.segment
    offset = header.offset
    byteCount = header.frameBytes
    epoch = header.epoch
    applied = header.applied
    firstPosition = header.firstPosition
    count = header.count
    self.hash = hash
    self.buffer = buffer
    self.start = start
  }

  /// Position of its last entry.
  package var lastPosition: UInt64 { firstPosition + UInt64(count) - 1 }

  /// The bytes of the segment's file that an entry of this frame takes.
  func range(of position: UInt64) -> Range<Int> {
    let number = Int(position - firstPosition)
    func length(_ number: Int) -> Int {
      let index = start + FrameHeader.byteCount + number * FrameHeader.indexEntryBytes
      return Int(buffer.span.bytes.integer(at: index, as: UInt32.self))
    }
    let entries = offset + FrameHeader.byteCount + count * FrameHeader.indexEntryBytes
    let first = (0..<number).reduce(entries) { $0 + length($1) }
    return first..<first + length(number)
  }

  /// The entries in order of position.
  package var entries: Entries { Entries(frame: self) }
}

extension LogFrame {
  /// One entry of a frame.
  package struct Entry: Sendable {
    /// Its place in the log.
    package let position: UInt64

    /// The entry as it was appended; of an erased one what stands in its place.
    package let bytes: ArraySlice<UInt8>

    /// Its RFC 6962 leaf hash.
    package let leaf: Digest256

    /// What stands in its place; nil unless it was erased.
    package let tombstone: Tombstone?

    init(position: UInt64, bytes: ArraySlice<UInt8>, leaf: Digest256) {
      self.position = position
      self.leaf = leaf
      tombstone = Tombstone(standingIn: bytes, for: position, leaf: leaf)
      self.bytes = tombstone == nil ? bytes : bytes.prefix(Tombstone.byteCount)
    }
  }

  /// The entries of a frame, in order of position.
  package struct Entries: Sequence, Sendable {
    let frame: LogFrame

    /// The number of entries.
    package var underestimatedCount: Int { frame.count }

    /// Starts at the first entry.
    package func makeIterator() -> Iterator { Iterator(frame: frame) }

    /// Walks index and entries side by side.
    package struct Iterator: IteratorProtocol {
      private let frame: LogFrame
      private var number = 0
      private var entryStart: Int

      init(frame: LogFrame) {
        self.frame = frame
        entryStart = frame.start + FrameHeader.byteCount + frame.count * FrameHeader.indexEntryBytes
      }

      /// The next entry, or `nil` after the last one.
      package mutating func next() -> Entry? {
        guard number < frame.count else { return nil }
        let index = frame.start + FrameHeader.byteCount + number * FrameHeader.indexEntryBytes
        let end = entryStart + Int(frame.buffer.span.bytes.integer(at: index, as: UInt32.self))
        let entry = Entry(
          position: frame.firstPosition + UInt64(number),
          bytes: frame.buffer[entryStart..<end],
          leaf: Digest256(reading: frame.buffer.span.bytes, at: index + 4)
        )
        number += 1
        entryStart = end
        return entry
      }
    }
  }
}
