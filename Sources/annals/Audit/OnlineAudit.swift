import AnnalsClient
import Audit
import Digests
import EDTF
import EventLog
import Files
import Foundation
import JSON
import Store
import WriteAheadLog

/// Audits a store through its daemon, trusting nothing it says: replays the log, checks each line and the tree, rebuilds
/// everything in a temporary folder, and compares each row of each view with what the daemon serves. Where the data folder can
/// be read, every line is compared with the write-ahead log as well.
struct OnlineAudit {
  /// Rows compared in one step.
  private static let pageRows = 2_000

  let client: AnnalsClient
  /// The data folder, where it is at hand.
  let data: String?
  let checkpoints: AuditCheckpoints
  let progress: (_ done: UInt64, _ of: UInt64) -> Void

  /// Audits everything; throws ``AuditFinding`` for the first thing found to be wrong.
  func run() async throws -> AuditReport {
    let head = try await LogLines.head(client)
    let scratch = FileManager.default.temporaryDirectory.appending(path: "annals-audit-\(UUID().uuidString)").path
    let replayed = ReplayedStore(in: scratch)
    var record = RecordAudit(checkpoints.expected)
    let segments = try await replay(into: replayed, &record, through: head)
    do throws(EventLogError) { try replayed.finish() } catch {
      throw AuditFinding(.event, "\(error)", position: replayed.position)
    }
    var report = AuditReport(events: head, erased: record.erased, root: record.root, checkpoints: checkpoints)
    report.segments = segments
    for view in replayed.viewNames { report.views.append((view, try await compare(view, replayed, asOf: head))) }
    for size in checkpoints.asOf where size < head {
      for view in replayed.viewNames { report.pastRows += try await compare(view, replayed, asOf: size) }
      report.pastStates.append(size)
    }
    return report
  }

  /// - Returns: segments compared; nil where the write-ahead log cannot be read from here.
  private func replay(
    into store: ReplayedStore, _ record: inout RecordAudit, through head: UInt64
  ) async throws -> Int? {
    var log = try AuditedLog(data, through: head)
    if head > 0 {
      for try await line in try client.rows("REPLAY from=1 to=\(head)") {
        let leaf = try record.take(line)
        try log?.compare(leaf, at: record.position)
        do throws(EventLogError) { try store.take(line, at: record.position) } catch {
          throw AuditFinding(.event, "\(error)", position: record.position)
        }
        progress(record.position, head)
      }
    }
    guard record.position == head else {
      throw AuditFinding(
        .event, "the daemon's replay ends before its head, \(head)", position: record.position + 1)
    }
    try record.finish()
    return log?.segments
  }

  private func compare(_ view: String, _ store: ReplayedStore, asOf position: UInt64) async throws -> Int {
    let today = Day(number: Int64(Date().timeIntervalSince1970) / 86_400)
    var (count, place, cursor): (Int, [UInt8]?, String?) = (0, nil, nil)
    repeat {
      let expected = try store.rows(of: view, asOf: position, at: today, limit: Self.pageRows, cursor: &place)
      let start = cursor.map { "cursor=\($0)" } ?? "as-of=\(position)"
      let served = try await client.send("QUERY \(view) \(start) at=\(today) limit=\(Self.pageRows)")
      for (index, row) in expected.enumerated() {
        guard index < served.rows.count else { throw Self.difference(view, row, position, "is not served") }
        guard served.rows[index] == row else {
          throw Self.difference(view, row, position, "is not served as the events give it")
        }
      }
      guard served.rows.count == expected.count else {
        throw Self.difference(view, served.rows[expected.count], position, "is served, though no event gives it")
      }
      count += expected.count
      cursor = served.status.text("cursor")
      guard (place == nil) == (cursor == nil) else {
        throw AuditFinding(.row, "\(view) as of position \(position) does not end where the events end it", view: view)
      }
    } while cursor != nil
    return count
  }

  private static func difference(_ view: String, _ row: [UInt8], _ position: UInt64, _ how: String) -> AuditFinding {
    let root = try? JSONParser(maximumByteCount: JSONLimits.largestByteCount).parse(row).root
    let key = root?["key"]?.string
    let claims = root?["claims"].map { String(decoding: $0.rawText, as: UTF8.self) } ?? "[]"
    return AuditFinding(
      .row,
      "row \(key ?? "?") of \(view) as of position \(position), which rests on events \(claims), \(how)",
      position: root?["claims"]?.elements.first { _ in true }?.int.flatMap { UInt64(exactly: $0) }, view: view, key: key
    )
  }
}

/// The write-ahead log, read beside a replay.
private struct AuditedLog {
  private var cursor: LogCursor
  private var frame: LogFrame?
  private var entries: [LogFrame.Entry] = []
  private var lastSegment: UInt64?
  /// Segments read so far.
  private(set) var segments = 0

  /// - Parameter data: the data folder; nil, or one that cannot be read, gives none.
  init?(_ data: String?, through head: UInt64) throws {
    guard head > 0, let data, FileManager.default.isReadableFile(atPath: "\(data)/wal") else { return nil }
    do throws(WALError) {
      cursor = try LogReader(directory: "\(data)/wal", fileSystem: PosixFileSystem()).frames(from: 1, through: head)
    } catch { throw AuditFinding(error) }
  }

  mutating func compare(_ leaf: Digest256, at position: UInt64) throws(AuditFinding) {
    if entries.isEmpty {
      do throws(WALError) { frame = try cursor.next() } catch { throw AuditFinding(error) }
      entries = frame.map { Array($0.entries.reversed()) } ?? []
      if let number = frame?.segment, number != lastSegment { (lastSegment, segments) = (number, segments + 1) }
    }
    guard let entry = entries.popLast(), entry.position == position, entry.leaf == leaf else {
      throw AuditFinding(
        .copies,
        "event \(position): the daemon replays another line than the write-ahead log holds in segment "
          + "\(frame?.segment ?? 0), in the frame at offset \(frame?.offset ?? 0)",
        position: position, segment: frame?.segment, offset: frame?.offset)
    }
  }
}
