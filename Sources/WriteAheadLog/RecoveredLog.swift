import Digests
import Files

/// The state of a log after recovery: what its next epoch builds on.
struct RecoveredLog {
  /// A segment that is to be sealed once the next one exists.
  struct Unsealed {
    let file: any File
    let usedBytes: Int
  }

  let logID: LogID
  /// The highest epoch found; 0 for a new log.
  let epoch: UInt64
  let head: UInt64
  let lastHash: Digest256
  /// The number that the next segment is to have.
  let nextSegment: UInt64
  let unsealed: Unsealed?
  let report: RecoveryReport
}
