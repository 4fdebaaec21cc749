import Digests

/// What a log was found to hold, all of it sound.
package struct LogSummary: Hashable, Sendable {
  /// Number of segments read.
  package internal(set) var segments = 0

  /// Number of frames read.
  package internal(set) var frames = 0

  /// Number of entries read.
  package internal(set) var entries = 0

  /// Number of those that were erased.
  package internal(set) var erased = 0

  /// The first position that is kept; 1 unless older segments were pruned.
  package internal(set) var first: UInt64 = 1

  /// The last position read; `first - 1` if there was no entry.
  package internal(set) var head: UInt64 = 0

  /// Hash of the last frame read; zeros if there was none.
  package internal(set) var lastHash = Digest256.zero

  /// Counts a frame, the next one.
  mutating func add(_ frame: LogFrame) {
    frames += 1
    entries += frame.count
    for entry in frame.entries where entry.tombstone != nil { erased += 1 }
    head = frame.lastPosition
    lastHash = frame.hash
  }
}
