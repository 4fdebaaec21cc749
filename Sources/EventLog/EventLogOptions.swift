import Claims
import Files
import Glibc
import WriteAheadLog

/// How an event log is opened. Every limit has its default here.
package struct EventLogOptions: Sendable {
  /// Size of LMDB's map: address space, not memory or disk. LMDB refuses writes beyond it.
  package var mapBytes = 256 << 30
  /// Bytes of durable events that may wait to be applied; beyond, those who append much wait for the applier, since
  /// whoever asks the views after an append waits for all before it.
  package var crowdedBytes = 1 << 20
  /// The same; beyond, everyone waits for the applier.
  package var backlogBytes = 16 << 20
  /// Bytes of events gathered into one group commit at the most. A single larger batch has a group of its own.
  package var groupBytes = 2 << 20
  /// Events applied in one LMDB transaction at the most. Each touches some twenty pages, which in a large log are all
  /// different and held in memory until the commit.
  package var eventsPerTransaction = 2_048
  /// How long a transaction goes on taking in events, so that what rows of very many claims cost is seen, and left, in time.
  package var transactionTime = Duration.seconds(1)
  /// How long few durable events wait for more, so that one commit applies them, unless somebody waits for them.
  package var gathering = Duration.milliseconds(5)
  /// How long closing goes on applying durable events; the rest is applied when the log is opened again.
  package var closing = Duration.seconds(10)
  /// The write-ahead log.
  package var writeAheadLog = LogOptions()
  /// Where files are.
  package var fileSystem: any FileSystem = PosixFileSystem()
  /// The time of recording.
  package var clock: @Sendable () -> Timestamp = EventLogOptions.systemClock
  /// Told the last position replayed and the last to replay, while opening catches LMDB up.
  package var progress: @Sendable (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }

  package init() {}

  /// The system's wall clock.
  package static let systemClock: @Sendable () -> Timestamp = {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000)
  }
}
