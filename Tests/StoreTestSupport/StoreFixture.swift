import Claims
import EDTF
import EventLog
import Foundation
import JSON
import LMDB
import Projections
import Store
import Synchronization
import TestSupport
import Threads
import WriteAheadLog

/// A store in a temporary folder, with small limits and a clock of its own.
package final class StoreFixture {
  package let folder = TemporaryFolder()
  package let clock = TestClock()
  package var options = EventLogOptions()

  /// A store that holds nothing yet.
  package init() {
    let clock = clock
    options.mapBytes = 256 << 20
    options.writeAheadLog = LogOptions(segmentBytes: 32 << 10, preparesSpare: false)
    options.clock = { clock.now }
  }

  /// A closed store that holds a prepared record.
  package init(holding record: PreparedStore) throws {
    let clock = clock
    options = record.options
    options.clock = { clock.now }
    try record.write(to: path)
  }

  package var path: String { folder.file("data") }
  package var lmdb: String { "\(path)/lmdb" }
  package var writeAheadLog: String { "\(path)/wal" }

  /// Opens the store for one body, and closes it.
  package func withStore<Result>(_ body: (Store) throws -> Result) throws -> Result {
    let store = try Store(path, options: options)
    defer { try? store.close() }
    return try body(store)
  }

  /// The error with which the store, closed, is found damaged; nil where it is sound.
  package func damage() -> StoreVerification.Damage? {
    do throws(StoreVerification.Damage) {
      _ = try StoreVerification.run(path, options: options)
      return nil
    } catch {
      return error
    }
  }

  /// Changes LMDB of the closed store, each value under its right checksum.
  package func change(_ body: (Environment, inout WriteTransaction) throws(LMDBError) -> Void) throws {
    var environmentOptions = Environment.Options()
    environmentOptions.mapSize = options.mapBytes
    let environment = try Environment(directory: lmdb, options: environmentOptions)
    do {
      let writer = try environment.makeWriter()
      try writer.write { (transaction: inout WriteTransaction) throws(LMDBError) in
        try body(environment, &transaction)
      }
    }
    try environment.close()
  }

  /// Everything that LMDB of the closed store holds, by table.
  package func contents() throws -> [String: [Entry]] {
    var environmentOptions = Environment.Options()
    environmentOptions.mapSize = options.mapBytes
    environmentOptions.readOnly = true
    let environment = try Environment(directory: lmdb, options: environmentOptions)
    let contents = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
      var contents: [String: [Entry]] = [:]
      for name in try transaction.tableNames() {
        contents[name] = try transaction.entries(of: environment.table(named: name))
      }
      return contents
    }
    try environment.close()
    return contents
  }

  /// Flips a bit in the middle of every place in a file where these bytes stand; tells how many there are.
  ///
  /// LMDB leaves old copies of pages behind, so that a value may stand in several places, one of which counts.
  package func flip(_ bytes: [UInt8], inFile path: String) throws -> Int {
    let file = URL(filePath: path)
    var content = try Data(contentsOf: file)
    let places = content.places(of: bytes)
    for place in places { content[place + bytes.count / 2] ^= 0x04 }
    try content.write(to: file)
    return places.count
  }
}

/// A clock that stands still until it is set.
package final class TestClock: Sendable {
  private let microseconds = Mutex<Int64>(0)

  package init() {}

  package var now: Timestamp { Timestamp(microseconds: microseconds.withLock { $0 }) }

  package func set(_ microseconds: Int64) { self.microseconds.withLock { $0 = microseconds } }
}

extension Transaction where Self: ~Copyable {
  /// All entries of a table.
  package borrowing func entries(of table: Table) throws(LMDBError) -> [Entry] {
    var entries: [Entry] = []
    try forEach(in: table) { key, value in
      entries.append(Entry(key: key.withUnsafeBytes { [UInt8]($0) }, value: value.withUnsafeBytes { [UInt8]($0) }))
      return .next
    }
    return entries
  }
}

/// Waits for the outcome of one append.
private final class Outcome: AppendReceiver {
  private let told = Monitor<Result<AppendOutcome, AppendError>?>(nil)

  func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    told.change { $0 = outcomes.first?.outcome }
  }

  func get() throws -> AppendOutcome { try told.wait(until: { $0 != nil }, then: { $0! }).get() }
}

extension Store {
  /// Appends events as one batch and waits until the views hold them.
  @discardableResult
  package func append(_ texts: some Sequence<String>) throws -> [UInt64] {
    let parser = JSONParser()
    let events = try texts.map { try PreparedEvent(parser.parse(Array($0.utf8)).root) }
    let outcome = Outcome()
    log.append(AppendBatch(events, by: Peer(name: "ana")), token: 0, to: outcome)
    let positions = try outcome.get().positions
    try log.waitUntilApplied(log.head)
    return positions
  }

  /// The rows of a view, in order, without conditions.
  package func rows(of view: String, asOf: UInt64? = nil) throws -> [UInt8] {
    let day = Day(year: 2026, month: 2, day: 5)!
    return try answer(view, ViewQuestion(at: day), asOf: asOf.map { .position($0) }).answer.bytes
  }
}

/// The files of a closed store, kept in memory so that each test can have a copy.
package struct PreparedStore: Sendable {
  private let files: [String: Data]
  fileprivate let options: EventLogOptions
  /// Number of events.
  package let count: Int

  /// The record of the schema's examples.
  package static let small = Result { try PreparedStore(SampleEvents.small) }
  /// The same with generated events.
  package static let large = Result { try PreparedStore(SampleEvents.large) }

  private init(_ events: [String]) throws {
    let fixture = StoreFixture()
    try fixture.withStore { store throws in
      var rest = events[...]
      while !rest.isEmpty {
        try store.append(rest.prefix(20))
        rest = rest.dropFirst(20)
      }
    }
    var files: [String: Data] = [:]
    let root = URL(filePath: fixture.path)
    for name in try FileManager.default.subpathsOfDirectory(atPath: fixture.path) {
      let file = root.appending(path: name)
      if !file.hasDirectoryPath, let data = try? Data(contentsOf: file) { files[name] = data }
    }
    self.files = files
    options = fixture.options
    count = events.count
  }

  fileprivate func write(to path: String) throws {
    let root = URL(filePath: path)
    for folder in ["lmdb", "wal"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    for (name, data) in files { try data.write(to: root.appending(path: name)) }
  }
}
