/// Where the log is not what was written, and in what way.
package struct Corruption: Error, Hashable, Sendable {
  /// The segment's number.
  package let segment: UInt64

  /// Offset in the segment's file, in bytes, of the header, frame or rest that is wrong.
  package let offset: Int

  /// The first position affected: the one expected here, or, where only segment headers were read, the first position
  /// of the segment before.
  package let position: UInt64

  /// What is wrong.
  package let reason: CorruptionReason

  /// A finding at a place.
  package init(segment: UInt64, offset: Int, position: UInt64, reason: CorruptionReason) {
    self.segment = segment
    self.offset = offset
    self.position = position
    self.reason = reason
  }
}

extension Corruption: CustomStringConvertible {
  /// For example `segment 2, offset 4096, position 17: header checksum does not match`.
  package var description: String {
    "segment \(segment), offset \(offset), position \(position): \(reason.rawValue)"
  }
}
