import Claims
import Digests
import EventLog
import Files
import JSON
import LMDB
import Synchronization
import TestSupport
import WriteAheadLog

/// A log in a temporary folder, with small limits and a clock of its own.
final class LogFixture {
  let folder: TemporaryFolder
  let clock = TestClock()
  var options = EventLogOptions()

  init(segmentBytes: Int = 32 << 10, inMemory: Bool = false) {
    folder = TemporaryFolder(inMemory: inMemory)
    let clock = clock
    options.mapBytes = 64 << 20
    options.writeAheadLog = LogOptions(segmentBytes: segmentBytes, preparesSpare: false)
    options.clock = { clock.now }
  }

  var path: String { folder.file("data") }
  var lmdb: String { "\(path)/lmdb" }
  var writeAheadLog: String { "\(path)/wal" }

  func open(_ observer: Watcher = Watcher()) throws(EventLogError) -> EventLog {
    try EventLog(path, observer: observer, options: options)
  }

  /// Opens the log for one body, and closes it.
  func withLog<Result>(_ observer: Watcher = Watcher(), _ body: (EventLog) throws -> Result) throws -> Result {
    let log = try open(observer)
    defer {
      observer.release()
      try? log.close()
    }
    return try body(log)
  }

  /// The number of entries in each frame of the write-ahead log, which is at rest.
  func frames() throws -> [Int] {
    var cursor = try reader.frames(from: 1, through: try reader.verify().head)
    var counts: [Int] = []
    while let frame = try cursor.next() { counts.append(frame.count) }
    return counts
  }

  /// Reads the write-ahead log by itself.
  var reader: LogReader { LogReader(directory: writeAheadLog, fileSystem: PosixFileSystem()) }

  /// The path of a segment of the write-ahead log.
  func segment(_ number: Int) -> String {
    "\(writeAheadLog)/segment-\(String(repeating: "0", count: 10 - String(number).count))\(number).wal"
  }
}

/// A clock that stands still until it is set.
final class TestClock: Sendable {
  private let microseconds = Mutex<Int64>(0)

  var now: Timestamp { Timestamp(microseconds: microseconds.withLock { $0 }) }

  func set(_ microseconds: Int64) { self.microseconds.withLock { $0 = microseconds } }
}

extension AppendBatch {
  /// A batch of the events in JSON texts.
  init(
    _ texts: [String], ifHead: UInt64? = nil, ifSubject: UInt64? = nil, by peer: String = "ana"
  ) throws {
    let parser = JSONParser()
    let events = try texts.map { try PreparedEvent(parser.parse(Array($0.utf8)).root) }
    self.init(events, ifHead: ifHead, ifSubject: ifSubject, by: Peer(name: peer))
  }
}

extension EventLog {
  /// Appends events, and waits for the answer.
  func append(
    _ texts: String..., ifHead: UInt64? = nil, ifSubject: UInt64? = nil, by peer: String = "ana"
  ) throws -> Answer {
    try append(AppendBatch(texts, ifHead: ifHead, ifSubject: ifSubject, by: peer))
  }

  func append(_ batch: AppendBatch) -> Answer {
    let outcomes = Outcomes()
    append(batch, token: 0, to: outcomes)
    return Answer(outcomes.wait(for: 1)[0].outcome)
  }

  /// Appends batches in one group commit.
  ///
  /// - Parameter prepare: called while the recording thread stands still.
  func appendTogether(_ batches: [AppendBatch], prepare: () -> Void = {}) throws -> [Answer] {
    let plug = Plug()
    // It is refused, so that it leaves nothing behind.
    append(try AppendBatch([Sample.name("plug")], ifHead: .max), token: 0, to: plug)
    plug.waitUntilReached()
    let outcomes = Outcomes()
    for (token, batch) in batches.enumerated() { append(batch, token: UInt64(token), to: outcomes) }
    prepare()
    plug.release()
    return outcomes.wait(for: batches.count).map { Answer($0.outcome) }
  }

  /// All recorded lines that LMDB holds, each checked against its leaf hash and its neighbours' positions.
  func lines() throws -> [String] {
    try waitUntilApplied(head)
    return try environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
      var lines: [String] = []
      let last = try tables.applied(transaction)
      try tables.forEachLine(from: 1, through: last, verifying: true, transaction) { _, line, _ in
        lines.append(String(decoding: line, as: UTF8.self))
        return .next
      }
      return lines
    }
  }

  /// Everything that LMDB holds, by table.
  func contents() throws -> [String: [Entry]] {
    try waitUntilApplied(head)
    return try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
      var contents: [String: [Entry]] = [:]
      for name in try transaction.tableNames() {
        var entries: [Entry] = []
        try transaction.forEach(in: environment.table(named: name)) { key, value in
          entries.append(Entry(key: key.withUnsafeBytes { [UInt8]($0) }, value: value.withUnsafeBytes { [UInt8]($0) }))
          return .next
        }
        contents[name] = entries
      }
      return contents
    }
  }
}
