import Audit
import Digests
import EventLog
import Files
import Store
import WriteAheadLog

/// Audits a store whose daemon is down, or a backup: reads the write-ahead log line by line, then compares LMDB entry by entry
/// with what a rebuild from it gives.
struct OfflineAudit {
  let folder: String
  let checkpoints: AuditCheckpoints
  let progress: (_ done: UInt64, _ of: UInt64) -> Void

  /// Audits everything; throws the first thing found to be wrong.
  func run() throws(AuditFinding) -> AuditReport {
    let record = try readLog()
    let verified: StoreVerification.Report
    do throws(StoreVerification.Damage) {
      verified = try StoreVerification.run(folder) { progress($0, $1) }
    } catch { throw AuditFinding(error) }
    var report = AuditReport(
      events: record.position, erased: record.erased, root: record.root, checkpoints: checkpoints)
    report.segments = verified.segments
    report.entries = verified.entries
    return report
  }

  /// Reads the write-ahead log alone, against the checkpoints.
  func readLog() throws(AuditFinding) -> RecordAudit {
    var record = RecordAudit(checkpoints.expected)
    let reader = LogReader(directory: "\(folder)/wal", fileSystem: PosixFileSystem())
    let summary = try reading { () throws(WALError) in try reader.verify() }
    if summary.head > 0 {
      var cursor = try reading { () throws(WALError) in try reader.frames(from: 1, through: summary.head) }
      while let frame = try reading({ () throws(WALError) in try cursor.next() }) {
        for entry in frame.entries {
          _ = try record.take(entry.tombstone.map { ErasedLine.bytes(of: $0, leaf: entry.leaf) } ?? Array(entry.bytes))
        }
        progress(frame.lastPosition, summary.head)
      }
    }
    try record.finish()
    return record
  }

  private func reading<Result>(_ body: () throws(WALError) -> Result) throws(AuditFinding) -> Result {
    do throws(WALError) { return try body() } catch { throw AuditFinding(error) }
  }
}
