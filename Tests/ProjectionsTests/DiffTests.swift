import EDTF
import EventLog
import JSON
import LMDB
import Projections
import Projectors
import TestSupport
import Testing
import ViewTestSupport

/// The difference of two positions is what comparing all rows of both gives.
struct DiffTests {
  /// A row that differs, as text.
  struct Difference: Equatable {
    let key: String
    let before: String?
    let after: String?
    let causes: [UInt64]
  }

  /// The difference of a view, read slice by slice.
  private static func diff(
    _ log: ViewLog, _ view: String, from: UInt64, to: UInt64, _ budget: ViewDiff.Budget = ViewDiff.Budget(),
    _ question: ViewQuestion = ViewQuestion(at: ViewLog.today)
  ) throws -> [Difference] {
    let begun = try log.log.environment.read { (transaction: borrowing ReadTransaction) throws(ProjectionError) in
      try log.engine.state(of: view, transaction).flatMap { state throws(ProjectionError) in
        try ViewDiff(view, of: log.engine, state: state, from: from, to: to, question, transaction)
      }
    }
    var diff = try #require(begun)
    var writer = JSONWriter()
    while !diff.isDone {
      try log.log.environment.read { (transaction: borrowing ReadTransaction) throws(ProjectionError) in
        try diff.read(budget, into: &writer, transaction)
      }
    }
    let lines = writer.bytes.split(separator: UInt8(ascii: "\n"))
    #expect(diff.count == lines.count)
    return try lines.map { line in
      let row = try JSONParser().parse(Array(line)).root
      func side(_ name: String) -> String? {
        row[name].flatMap { $0.kind == .null ? nil : String(decoding: $0.rawText, as: UTF8.self) }
      }
      return Difference(
        key: row["key"]?.string ?? "", before: side("before"), after: side("after"),
        causes: row["causes"]?.elements.compactMap { $0.int.map { UInt64($0) } } ?? [])
    }
  }

  /// The answers of a view as of every position from 0, by key.
  private static func history(
    _ log: ViewLog, _ view: String, through last: Int, _ ask: (inout ViewQuestion) -> Void = { _ in }
  ) throws -> [[String: String]] {
    try (0...last).map { position in
      var rows: [String: String] = [:]
      for row in try log.rows(view, asOf: UInt64(position), ask) {
        let key = try #require(try JSONParser().parse(Array(row.utf8)).root["key"]?.string)
        rows[key] = row
      }
      return rows
    }
  }

  /// The rows of a view as of every position from 0, by key, without the columns that are added to an answer.
  private static func stored(_ log: ViewLog, _ view: String, through last: Int) throws -> [[String: String]] {
    try (0...last).map { position in
      let rows = try diff(log, view, from: 0, to: UInt64(position)).map { ($0.key, $0.after) }
      return Dictionary(rows) { one, _ in one }.compactMapValues { $0 }
    }
  }

  private static func expected(_ history: [[String: String]], from: Int, to: Int) -> [String: Difference] {
    var differences: [String: Difference] = [:]
    for key in Set(history[from].keys).union(history[to].keys) where history[from][key] != history[to][key] {
      let causes = from == to ? [] : (from + 1...to).filter { history[$0][key] != history[$0 - 1][key] }
      differences[key] = Difference(
        key: key, before: history[from][key], after: history[to][key], causes: causes.map { UInt64($0) })
    }
    return differences
  }

  /// Views whose rows are the same whatever is asked, so that answers can be compared whole.
  private static let views = Views.all.filter { !$0.extends }.map(\.name)

  @Test func a_difference_is_what_comparing_all_rows_of_both_positions_gives() throws {
    var random = SeededGenerator("diff")
    let log = try ViewLog()
    try log.append(RandomLog(count: 120, random).lines)
    for view in Self.views {
      let history = try Self.history(log, view, through: 120)
      for _ in 0..<12 {
        let ends = [Int.random(in: 0...120, using: &random), Int.random(in: 0...120, using: &random)].sorted()
        var budget = ViewDiff.Budget()
        budget.entries = Int.random(in: 1...20, using: &random)
        budget.writtenBytes = Int.random(in: 1...2_000, using: &random)
        budget.readBytes = Int.random(in: 1...2_000, using: &random)
        let found = try Self.diff(log, view, from: UInt64(ends[0]), to: UInt64(ends[1]), budget)
        let expected = Self.expected(history, from: ends[0], to: ends[1])
        #expect(found.count == expected.count, "\(view) \(ends)")
        for difference in found { #expect(difference == expected[difference.key], "\(view) \(ends)") }
      }
    }
    try log.close()
  }

  @Test func rows_come_in_the_order_of_their_keys() throws {
    let log = try ViewLog()
    try log.append(RandomLog(count: 100, SeededGenerator("diff order")).lines)
    for view in Views.all.map(\.name) {
      let keys = try Self.diff(log, view, from: 0, to: 100).map(\.key)
      #expect(try keys.isEmpty == log.rows(view).isEmpty, "\(view)")
      let groups = keys.map { $0.split(separator: "#")[0] }
      #expect(groups == groups.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, "\(view)")
      #expect(Set(keys).count == keys.count, "\(view)")
    }
    try log.close()
  }

  @Test func slices_of_any_size_give_the_same_though_the_log_grows_meanwhile() throws {
    let log = try ViewLog()
    let lines = RandomLog(count: 160, SeededGenerator("diff growth")).lines
    try log.append(Array(lines[..<80]))
    let expected = try Self.diff(log, "meetings", from: 20, to: 80)
    try log.append(Array(lines[80...]))
    var small = ViewDiff.Budget()
    small.entries = 1
    #expect(try Self.diff(log, "meetings", from: 20, to: 80, small) == expected)
    #expect(!expected.isEmpty)
    try log.close()
  }

  @Test func a_row_that_changed_and_changed_back_does_not_differ() throws {
    let log = try ViewLog()
    let visit = #""visitor":"V","host":"H","when":"2024-05-01""#
    try log.append([
      Line.claim("visit", "v1", visit), Line.claim("visit", "v2", in: "D2", visit),
      Line.event("review.retracted", "r", #"{"claim":{"id":"v2"},"reason":"wrong"}"#),
    ])
    #expect(try Self.diff(log, "visits", from: 1, to: 3) == [])
    #expect(try Self.diff(log, "visits", from: 1, to: 2).map(\.causes) == [[2]])
    #expect(try Self.diff(log, "visits", from: 0, to: 3).map(\.causes) == [[1, 2, 3]])
    try log.close()
  }

  @Test func a_row_that_is_withdrawn_has_no_after() throws {
    let log = try ViewLog()
    try log.append([
      Line.claim("visit", "v1", #""visitor":"V","host":"H","when":"2024-05-01""#),
      Line.event("review.retracted", "r", #"{"claim":{"id":"v1"},"reason":"wrong"}"#),
    ])
    let found = try Self.diff(log, "visits", from: 1, to: 2)
    #expect(found.count == 1)
    #expect(found.first?.before != nil && found.first?.after == nil && found.first?.causes == [2])
    try log.close()
  }

  @Test func names_of_a_filter_mean_on_each_side_what_they_meant_then() throws {
    let log = try ViewLog()
    try log.append([
      Line.claim("visit", "v1", #""visitor":"Vee","host":"H","when":"2024-05-01""#),
      Line.claim("visit", "v2", #""visitor":"W","host":"H","when":"2024-05-02""#),
      Line.entity("V", "person", names: "Vee"),
    ])
    var question = ViewQuestion(at: ViewLog.today)
    question.with = ["Vee"]
    let found = try Self.diff(log, "visits", from: 2, to: 3, ViewDiff.Budget(), question)
    // The row moved from the group of a bare name to the group of the entity: one row less, one row more.
    #expect(found.map(\.causes) == [[3], [3]])
    #expect(found.filter { $0.before == nil }.count == 1 && found.filter { $0.after == nil }.count == 1)
    question.with = ["W"]
    #expect(try Self.diff(log, "visits", from: 2, to: 3, ViewDiff.Budget(), question) == [])
    try log.close()
  }

  @Test func a_filter_gives_the_rows_that_satisfy_it_on_either_side() throws {
    var random = SeededGenerator("diff filter")
    let log = try ViewLog()
    try log.append(RandomLog(count: 120, random).lines)
    for ask in [
      { $0.between = ("a1", "B Two") }, { $0.with = ["C Two"] }, { $0.minAttributors = 2 },
      { $0.documents = ["D1"] }, { $0.attributors = ["Gazette"] },
    ] as [(inout ViewQuestion) -> Void] {
      var question = ViewQuestion(at: ViewLog.today)
      ask(&question)
      for view in ["timeline", "visits", "trade-volume"] {
        let (whole, kept) = (
          try Self.stored(log, view, through: 120), try Self.history(log, view, through: 120, ask)
        )
        for _ in 0..<3 {
          let ends = [Int.random(in: 0...120, using: &random), Int.random(in: 0...120, using: &random)].sorted()
          let expected = Self.expected(whole, from: ends[0], to: ends[1]).filter {
            kept[ends[0]][$0.key] != nil || kept[ends[1]][$0.key] != nil
          }
          let found = try Self.diff(
            log, view, from: UInt64(ends[0]), to: UInt64(ends[1]), ViewDiff.Budget(), question)
          #expect(Set(found.map(\.key)) == Set(expected.keys), "\(view) \(ends)")
        }
      }
    }
    try log.close()
  }

  @Test func a_view_that_is_built_anew_is_no_longer_read() throws {
    let folder = TemporaryFolder()
    let log = try ViewLog([Ledger()], in: folder)
    try log.append([Line.claim("visit", "v1", #""visitor":"V","host":"H""#)])
    let old = try log.state(of: "ledger")
    let begun = try log.log.environment.read { (transaction: borrowing ReadTransaction) throws(ProjectionError) in
      try ViewDiff("ledger", of: log.engine, state: old, from: 0, to: 1, ViewQuestion(at: ViewLog.today), transaction)
    }
    let diff = try #require(begun)
    #expect(diff.isServed(by: old))
    try log.close()
    let newer = try ViewLog([Ledger(version: 2)], in: folder)
    try newer.waitUntilBuilt("ledger")
    #expect(!diff.isServed(by: try newer.state(of: "ledger")))
    try newer.close()
  }
}
