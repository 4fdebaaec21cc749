import Claims
import EDTF
import EventLog
import Foundation
import JSON
import LineProtocol
import Projections
import Store
import Synchronization
import TestSupport
import Testing
import ViewTestSupport
import WriteAheadLog

/// A store in a folder of its own. Its clock ticks one second with each append, from ``epoch`` on.
final class Record {
  /// 2026-03-01T00:00:00Z, in seconds.
  static let epoch: Int64 = 1_772_323_200

  private let folder = TemporaryFolder()
  let store: Store

  init(_ lines: [String] = []) throws {
    var options = EventLogOptions()
    options.mapBytes = 64 << 20
    options.writeAheadLog = LogOptions(segmentBytes: 1 << 20, preparesSpare: false)
    let ticks = Mutex<Int64>(0)
    options.clock = {
      ticks.withLock { ticks in
        ticks += 1
        return Timestamp(microseconds: (Self.epoch + ticks) * 1_000_000)
      }
    }
    store = try Store(folder.path, options: options)
    if !lines.isEmpty { try append(lines) }
  }

  deinit {
    try? store.close()
  }

  /// The example record of `schema/`, one event per line.
  static func example() throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "schema/examples/sino-russian.ndjson"), encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }

  /// Appends lines as one batch and waits until the views show them.
  ///
  /// - Returns: the positions given.
  @discardableResult
  func append(_ lines: [String]) throws -> [UInt64] {
    let parser = JSONParser()
    let events = try lines.map { try PreparedEvent(parser.parse(Array($0.utf8)).root) }
    let receipt = Receipt()
    store.log.append(AppendBatch(events, by: Peer(name: "tester")), token: 1, to: receipt)
    let outcome = try receipt.wait()
    try store.log.waitUntilApplied(outcome.head)
    return outcome.positions
  }

  /// Appends lines as one batch. See ``append(_:)-([String])``.
  @discardableResult
  func append(_ lines: String...) throws -> [UInt64] {
    try append(lines)
  }

  /// The rows of a view.
  ///
  /// - Parameters:
  ///   - filters: filters of the view's own columns with the values asked for.
  ///   - day: the day on which states are judged.
  ///   - ask: changes the question further.
  func rows(
    _ view: String, _ filters: [String: [String]] = [:], asOf position: UInt64? = nil, at day: String = "2026-02-04",
    _ ask: (inout ViewQuestion) -> Void = { _ in }
  ) throws -> [AnsweredRow] {
    let today = try #require(try EDTF(day).bounds.earliest.day)
    var question = ViewQuestion(at: today)
    let known = try #require(store.views.projector(of: view)).filters
    for (name, values) in filters {
      let filter = try #require(known.first { $0.name == name })
      question.columns.append(ViewQuestion.ColumnCondition(filter: filter, values: values))
    }
    ask(&question)
    let answered = try store.answer(view, question, asOf: position.map { .position($0) })
    return try AnsweredRow.rows(in: answered.answer.bytes)
  }

  /// The only row of a view that satisfies the conditions; see ``rows(_:_:asOf:at:_:)``.
  func row(
    _ view: String, _ filters: [String: [String]] = [:], asOf position: UInt64? = nil, at day: String = "2026-02-04",
    _ ask: (inout ViewQuestion) -> Void = { _ in }
  ) throws -> AnsweredRow {
    let rows = try rows(view, filters, asOf: position, at: day, ask)
    try #require(rows.count == 1, "\(rows)")
    return rows[0]
  }
}
