import Claims
import EDTF
import EventLog
import Glibc
import JSON
import LMDB
import Projections
import Projectors
import Synchronization
import TestSupport
import Testing
import ViewTestSupport
import WriteAheadLog

/// An event log with views over it. Its clock ticks one second with each append.
final class ViewLog {
  /// The day on which states are judged.
  static let today = Day(year: 2026, month: 2, day: 4)!

  let log: EventLog
  let engine: ViewEngine
  private let parser = JSONParser()
  // Kept so that the folder outlives the log.
  private let folder: TemporaryFolder

  /// Opens the log in `folder`, a new one unless given.
  init(_ projectors: [any Projector] = Views.all, in folder: TemporaryFolder = TemporaryFolder()) throws {
    self.folder = folder
    engine = ViewEngine(projectors)
    log = try EventLog(folder.path, observer: engine, options: Self.options())
  }

  /// Options with small files and a clock of its own.
  static func options() -> EventLogOptions {
    var options = EventLogOptions()
    options.mapBytes = 256 << 20
    options.writeAheadLog.segmentBytes = 4 << 20
    options.writeAheadLog.preparesSpare = false
    let ticks = Mutex<Int64>(0)
    options.clock = {
      ticks.withLock { ticks in
        ticks += 1
        return Timestamp(microseconds: 1_772_323_200_000_000 + ticks * 1_000_000)
      }
    }
    return options
  }

  func close() throws {
    try log.close()
  }

  /// Appends lines as one batch without waiting for the views; gives the head.
  @discardableResult
  func submit(_ lines: [String]) throws -> UInt64 {
    let events = try lines.map { try PreparedEvent(parser.parse(Array($0.utf8)).root) }
    let receipt = Receipt()
    log.append(AppendBatch(events, by: Peer(name: "tester")), token: 1, to: receipt)
    return try receipt.wait().head
  }

  /// Appends lines as one batch and waits until they are applied.
  func append(_ lines: [String]) throws {
    try log.waitUntilApplied(submit(lines))
  }

  /// The recorded lines up to `position`.
  func lines(through position: UInt64) throws -> [[UInt8]] {
    try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
      var lines: [[UInt8]] = []
      for place in 1...position { lines.append(try log.tables.line(at: place, transaction) ?? []) }
      return lines
    }
  }

  /// How a view is doing.
  func state(of view: String) throws -> ViewState {
    let state = try log.environment.read { (transaction: borrowing ReadTransaction) throws(ProjectionError) in
      try engine.state(of: view, transaction)
    }
    return try #require(state)
  }

  /// Waits until a view is not being rebuilt any more.
  func waitUntilBuilt(_ view: String) throws {
    while try state(of: view).condition == .rebuilding { usleep(500) }
  }

  /// A view's answer, as of the position it has reached unless another is given.
  func answer(_ view: String, _ question: ViewQuestion, asOf position: UInt64? = nil) throws -> ViewAnswer {
    try Self.answer(view, question, asOf: position, engine, log.environment, log.tables)
  }

  static func answer(
    _ view: String, _ question: ViewQuestion, asOf position: UInt64?, _ engine: ViewEngine, _ environment: Environment,
    _ tables: LogTables
  ) throws -> ViewAnswer {
    let answer = try environment.read {
      (transaction: borrowing ReadTransaction) throws(ProjectionError) -> ViewAnswer? in
      guard let state = try engine.state(of: view, transaction) else { return nil }
      let applied = try reading { () throws(EventLogError) in try tables.applied(transaction) }
      let place = position ?? state.frozenAt ?? applied
      return try ViewReader(view, of: engine, state: state, asOf: place)?.answer(question, transaction)
    }
    return try #require(answer)
  }

  /// The rows of a view as text, one JSON object each.
  func rows(
    _ view: String, asOf position: UInt64? = nil, _ ask: (inout ViewQuestion) -> Void = { _ in }
  ) throws -> [String] {
    var question = ViewQuestion(at: Self.today)
    ask(&question)
    return Self.rows(try answer(view, question, asOf: position))
  }

  static func rows(_ answer: ViewAnswer) -> [String] {
    String(decoding: answer.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// What stands in a column of each row of a view: a string's text, anything else as JSON.
  func column(
    _ name: String, of view: String, asOf position: UInt64? = nil, _ ask: (inout ViewQuestion) -> Void = { _ in }
  ) throws -> [String] {
    try rows(view, asOf: position, ask).map { row in
      let value = try #require(try parser.parse(Array(row.utf8)).root[name])
      return value.string ?? String(decoding: value.rawText, as: UTF8.self)
    }
  }
}
