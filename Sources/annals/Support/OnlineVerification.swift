import AnnalsClient
import Digests
import EDTF
import EventLog
import Files
import Foundation
import JSON
import Store
import WriteAheadLog

/// Verifies a store through its daemon, trusting nothing it says: replays the log, rebuilds everything from it in
/// a temporary folder, and compares each row of each view with what the daemon serves. Where the data folder can be read,
/// the write-ahead log's leaf hashes are compared with the replayed lines as well.
struct OnlineVerification {
  /// What was found sound.
  struct Report {
    let events: UInt64
    let rows: Int
    let views: Int
    /// Whether the write-ahead log was compared too.
    let comparedLog: Bool
  }

  /// Rows compared in one step.
  private static let pageRows = 2_000

  let client: AnnalsClient
  /// The data folder, where it is at hand.
  let data: String?
  let progress: (_ done: UInt64, _ of: UInt64) -> Void

  func run() async throws -> Report {
    let head = try await client.send("STATUS").status.integer("head").map { UInt64($0) } ?? 0
    let scratch = FileManager.default.temporaryDirectory.appending(path: "annals-verify-\(UUID().uuidString)").path
    let replayed = ReplayedStore(in: scratch)
    let comparedLog = try await replay(into: replayed, through: head)
    try replayed.finish()
    var rows = 0
    for view in replayed.viewNames { rows += try await compare(view, replayed) }
    return Report(events: head, rows: rows, views: replayed.viewNames.count, comparedLog: comparedLog)
  }

  private func replay(into store: ReplayedStore, through head: UInt64) async throws -> Bool {
    guard head > 0 else { return false }
    var log = try logCursor(through: head)
    var leaves: [LogFrame.Entry] = []
    for try await line in try client.rows("REPLAY from=1 to=\(head)") {
      let leaf = try store.take(line)
      if log != nil {
        if leaves.isEmpty { leaves = try log?.next().map { Array($0.entries.reversed()) } ?? [] }
        guard let entry = leaves.popLast(), entry.position == store.position, entry.leaf == leaf else {
          throw EventLogError.damaged(
            position: store.position, reason: "the daemon replays another line than the write-ahead log holds")
        }
      }
      progress(store.position, head)
    }
    guard store.position == head else {
      throw EventLogError.damaged(position: store.position + 1, reason: "the replay ends before the head, \(head)")
    }
    return log != nil
  }

  /// The write-ahead log, if it can be read from here.
  private func logCursor(through head: UInt64) throws -> LogCursor? {
    guard let data, FileManager.default.isReadableFile(atPath: "\(data)/wal") else { return nil }
    return try LogReader(directory: "\(data)/wal", fileSystem: PosixFileSystem()).frames(from: 1, through: head)
  }

  private func compare(_ view: String, _ store: ReplayedStore) async throws -> Int {
    let today = Day(number: Int64(Date().timeIntervalSince1970) / 86_400)
    var (count, place, cursor): (Int, [UInt8]?, String?) = (0, nil, nil)
    repeat {
      let expected = try store.rows(of: view, at: today, limit: Self.pageRows, cursor: &place)
      let start = cursor.map { "cursor=\($0)" } ?? "as-of=\(store.position)"
      let served = try await client.send("QUERY \(view) \(start) at=\(today) limit=\(Self.pageRows)")
      for (index, row) in expected.enumerated() {
        guard index < served.rows.count, served.rows[index] == row else {
          throw Difference(view: view, row: row, served: index < served.rows.count)
        }
      }
      guard served.rows.count == expected.count else {
        throw Difference(view: view, row: served.rows[expected.count], served: nil)
      }
      count += expected.count
      cursor = served.status.text("cursor")
      guard (place == nil) == (cursor == nil) else { throw Difference(view: view, row: [], served: nil) }
    } while cursor != nil
    return count
  }

  /// A row that the daemon does not serve as the events give it.
  struct Difference: Error, CustomStringConvertible {
    let view: String
    let key: String
    let claims: String
    let how: String

    /// - Parameter served: whether the daemon has another row in its place; nil where it has one too many.
    init(view: String, row: [UInt8], served: Bool?) {
      self.view = view
      let root = try? JSONParser(maximumByteCount: JSONLimits.largestByteCount).parse(row).root
      key = root?["key"]?.string ?? "beyond the last"
      claims = root?["claims"].map { String(decoding: $0.rawText, as: UTF8.self) } ?? "[]"
      how =
        switch served {
        case true?: "is not served as the events give it"
        case false?: "is not served"
        case nil: "is served, though no event gives it"
        }
    }

    var description: String { "row \(key) of \(view), which rests on events \(claims), \(how)" }
  }
}
