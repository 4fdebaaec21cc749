import Glibc
import Synchronization

/// Named moments at which a test has the process kill itself, as a crash would: `scripts/crash-test --points` goes through
/// all of them.
///
/// `ANNALS_KILL_AT=frameSynced` in the environment sends SIGKILL to the process where it first passes the point,
/// `ANNALS_KILL_AT=frameSynced:7` where it does so for the seventh time. Nothing is lost by that which a crash could not
/// lose as well. Where the variable is not set, passing costs a look at a constant.
package enum KillPoint: String, CaseIterable, Sendable {
  // A frame of the write-ahead log, and those who wait for it.
  case frameBuilt, frameWritten, frameSynced, beforeAcknowledgement, afterAcknowledgement
  // Events in LMDB.
  case beforeApply, beforeCommit, afterCommit
  // The next segment, and the one before it.
  case spareFilled, spareNamed
  case segmentHeaderWritten, segmentHeaderSynced, segmentRenamed, segmentDurable, segmentTruncated, segmentSealed
  // Opening.
  case leftoversRemoved, tailKept, tailZeroed, tailCut, lastFrameRewritten, recovered, beforeReplay, afterReplay
  // Building LMDB anew.
  case rebuildBegun, rebuildStored, rebuildComplete, rebuildOldAside, rebuildRenamed, rebuildDurable
  // A backup or a restored store in the making.
  case folderBegun, lmdbCopied, logCopied, manifestWritten, folderSynced, folderRenamed, folderDurable
  case restoreCopied, restoreVerified, restoreOpened
  // Erasure.
  case erasureRecorded, keptBytesBlotted, erasureNoteSynced, erasureNoted, entryOverwritten, entriesErased
  case erasureNoteRemoved
  // A checkpoint.
  case checkpointSynced, checkpointRenamed

  /// What the environment asks for.
  private final class Order: Sendable {
    let point: KillPoint
    let passings: Int
    let passed = Atomic(0)

    init(_ point: KillPoint, passings: Int) {
      self.point = point
      self.passings = passings
    }
  }

  private static let order: Order? = {
    guard let text = getenv("ANNALS_KILL_AT").map({ String(cString: $0) }), !text.isEmpty else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let point = KillPoint(rawValue: String(parts[0])), let passings = parts.count == 1 ? 1 : Int(parts[1]),
      passings > 0
    else {
      // A test that would never kill must not pass for one that did.
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      let message = Array("ANNALS_KILL_AT: \(text) is none of \(names)\n".utf8)
      _ = write(STDERR_FILENO, message, message.count)
      exit(2)
    }
    return Order(point, passings: passings)
  }()

  /// Goes on, or ends the process if this is where a test wants it to end.
  package func pass() {
    guard let order = Self.order, order.point == self else { return }
    guard order.passed.add(1, ordering: .relaxed).newValue == order.passings else { return }
    kill(getpid(), SIGKILL)
  }
}
