import EDTF
import EventLog
import Projections
import Projectors
import TestSupport
import Testing

/// The answer as of an earlier position is the one that was given then, byte for byte.
struct AsOfTests {
  private static let views = Views.all.map(\.name)

  /// Questions of every kind: all rows of each view, and a few with filters, orders and limits.
  private static func questions() throws -> [(view: String, question: ViewQuestion)] {
    let whole = views.map { ($0, ViewQuestion(at: ViewLog.today)) }
    var newest = ViewQuestion(at: ViewLog.today)
    newest.order = .descending
    newest.limit = 4
    var pair = ViewQuestion(at: ViewLog.today)
    pair.between = ("a1", "B Two")
    var month = ViewQuestion(at: ViewLog.today)
    month.range = try EDTF("2024-05").bounds
    month.with = ["C Two"]
    var sure = month
    sure.with = []
    sure.certain = true
    sure.minAttributors = 2
    var spoken = ViewQuestion(at: ViewLog.today)
    spoken.attributors = ["Gazette"]
    spoken.documents = ["D1", "D3"]
    return whole + [
      ("meetings", newest), ("trade-volume", newest), ("timeline", pair), ("meetings", pair), ("visits", month),
      ("meetings", sure), ("timeline", spoken),
    ]
  }

  private static func answers(_ log: ViewLog, asOf position: UInt64?) throws -> [String] {
    try questions().map { view, question in
      let answer = try log.answer(view, question, asOf: position)
      return "\(view) \(answer.count) \(answer.undated) \(answer.cursor ?? [])\n"
        + String(decoding: answer.bytes, as: UTF8.self)
    }
  }

  @Test func the_answer_as_of_any_position_is_the_one_given_then() throws {
    let lines = RandomLog(count: 500, SeededGenerator("as of")).lines
    let log = try ViewLog()
    var given = [try Self.answers(log, asOf: nil)]
    for line in lines {
      try log.append([line])
      given.append(try Self.answers(log, asOf: nil))
    }
    for (position, expected) in given.enumerated() {
      #expect(try Self.answers(log, asOf: UInt64(position)) == expected, "as of \(position)")
    }
    try log.close()
  }

  @Test func a_log_cut_at_a_position_and_built_anew_gives_the_same_answers() throws {
    var random = SeededGenerator("cut")
    let log = try ViewLog()
    try log.append(RandomLog(count: 150, random).lines)
    let lines = try log.lines(through: 150)
    for _ in 0..<6 {
      let cut = Int.random(in: 1...lines.count, using: &random)
      let folder = TemporaryFolder()
      let engine = ViewEngine(Views.all)
      var options = ViewLog.options()
      options.eventsPerTransaction = Int.random(in: 1...50, using: &random)
      let rebuild = try LogRebuild(into: folder.path, observer: engine, options: options)
      for (index, line) in lines[..<cut].enumerated() { try rebuild.take(line, at: UInt64(index + 1)) }
      try rebuild.finish()
      for (view, question) in try Self.questions() {
        let answer = try ViewLog.answer(view, question, asOf: nil, engine, rebuild.environment, rebuild.tables)
        #expect(try answer.bytes == log.answer(view, question, asOf: UInt64(cut)).bytes, "\(view) as of \(cut)")
      }
      try rebuild.environment.close()
    }
    try log.close()
  }

  @Test func views_hold_what_folding_everything_anew_gives() throws {
    let log = try ViewLog()
    try log.append(RandomLog(count: 150, SeededGenerator("anew")).lines)
    let lines = try log.lines(through: 150)
    for position in stride(from: 10, through: lines.count, by: 10) {
      let naive = try NaiveViews(lines: Array(lines[..<position]), Views.all)
      for projector in Views.all {
        let rows = try log.rows(projector.name, asOf: UInt64(position))
        let expected = try naive.rows(of: projector)
        #expect(rows.count == expected.count, "\(projector.name) as of \(position)")
        // Columns that depend on the question stand behind the others.
        let odd = rows.filter { row in
          projector.extends ? !expected.contains { row.utf8.starts(with: $0.utf8.dropLast()) } : !expected.contains(row)
        }
        #expect(odd.isEmpty, "\(projector.name) as of \(position), which should be \(expected)")
      }
    }
    try log.close()
  }

  @Test func an_answer_as_of_nothing_is_empty() throws {
    let log = try ViewLog()
    try log.append(RandomLog(count: 20, SeededGenerator("nothing")).lines)
    for view in Self.views { #expect(try log.rows(view, asOf: 0).isEmpty) }
    try log.close()
  }
}
