import Glibc

/// How a log is opened and written.
package struct LogOptions: Sendable {
  /// How much opening reads.
  package enum Verification: Sendable {
    /// The headers of all segments and all of the last segment: what is needed to find the log's end.
    case tail
    /// Everything.
    case full
  }

  /// The usual size of a segment, 64 MiB: large enough that making one is rare, small enough that reading the last one
  /// does not delay the start.
  package static let defaultSegmentBytes = 64 << 20

  /// Size of a segment's file while it is written to, in bytes, with its header.
  package var segmentBytes: Int

  /// How much opening reads.
  package var verification: Verification

  /// By how much the opening's epoch is higher than that before; more than 1 for a copy of a log that may have gone on by itself, so that
  /// the epochs of the two do not meet.
  package var epochStep: UInt64 = 1

  /// Whether a spare segment is prepared ahead on a thread of its own. Without, the writer makes each segment itself.
  package var preparesSpare: Bool

  /// Microseconds since 1970-01-01T00:00:00Z, for the creation time of segments.
  package var clock: @Sendable () -> UInt64

  /// Options; those not given are the usual ones.
  ///
  /// - Precondition: `segmentBytes` is more than a segment's header.
  package init(
    segmentBytes: Int = LogOptions.defaultSegmentBytes,
    verification: Verification = .tail,
    preparesSpare: Bool = true,
    clock: @escaping @Sendable () -> UInt64 = LogOptions.systemClock
  ) {
    precondition(segmentBytes > SegmentHeader.blockBytes, "a segment must have room for more than its header")
    self.segmentBytes = segmentBytes
    self.verification = verification
    self.preparesSpare = preparesSpare
    self.clock = clock
  }

  /// The system's wall clock, in microseconds since 1970-01-01T00:00:00Z.
  package static let systemClock: @Sendable () -> UInt64 = {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return UInt64(now.tv_sec) * 1_000_000 + UInt64(now.tv_nsec) / 1_000
  }
}
