/// Where a group of entries went. It is durable.
package struct AppendedFrame: Hashable, Sendable {
  /// The positions of its entries, in the order in which they were given.
  package let positions: ClosedRange<UInt64>

  /// Number of the segment.
  package let segment: UInt64

  /// Offset of the frame in the segment's file, in bytes.
  package let offset: Int

  /// Length of the frame in the file, in bytes.
  package let byteCount: Int
}
