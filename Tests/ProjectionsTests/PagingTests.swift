import Projections
import TestSupport
import Testing
import ViewTestSupport

/// Answers cut into pages by limit and cursor.
struct PagingTests {
  private static let views = ["timeline", "meetings", "visits", "trade-volume", "treaties", "entities"]

  /// All rows of a view, page by page; `meanwhile` runs between pages.
  private static func pages(
    _ log: ViewLog, _ view: String, _ question: ViewQuestion, asOf position: UInt64,
    meanwhile: () throws -> Void = {}
  ) throws -> (rows: [String], undated: Int, pages: Int) {
    var question = question
    var (rows, undated, pages): ([String], Int, Int) = ([], 0, 0)
    repeat {
      let answer = try log.answer(view, question, asOf: position)
      #expect(answer.count <= question.limit)
      #expect(answer.count == question.limit || answer.cursor == nil)
      rows += ViewLog.rows(answer)
      undated += answer.undated
      pages += 1
      question.after = answer.cursor
      try meanwhile()
    } while question.after != nil
    return (rows, undated, pages)
  }

  @Test(arguments: [ViewQuestion.Order.ascending, .descending])
  func pages_of_any_size_give_the_unpaged_answer(_ order: ViewQuestion.Order) throws {
    let log = try ViewLog()
    try log.append(RandomLog(count: 120, SeededGenerator("pages")).lines)
    for view in Self.views {
      for asOf in [UInt64(120), 60] {
        var question = ViewQuestion(at: ViewLog.today)
        question.order = order
        let whole = ViewLog.rows(try log.answer(view, question, asOf: asOf))
        for limit in [1, 2, 7, max(whole.count, 1), whole.count + 1] {
          question.limit = limit
          let paged = try Self.pages(log, view, question, asOf: asOf)
          #expect(paged.rows == whole, "\(view) by \(limit)")
          // No page is empty but that of an empty answer.
          #expect(paged.pages == max(1, (whole.count + limit - 1) / limit), "\(view) by \(limit)")
        }
      }
    }
    try log.close()
  }

  @Test func the_descending_answer_is_the_ascending_one_backwards() throws {
    let log = try ViewLog()
    try log.append(RandomLog(count: 120, SeededGenerator("backwards")).lines)
    for view in Self.views {
      for party in [nil, "A", "B Two"] {
        let ascending = try log.rows(view) { $0.with = party.map { [$0] } ?? [] }
        let descending = try log.rows(view) {
          $0.with = party.map { [$0] } ?? []
          $0.order = .descending
        }
        #expect(descending == ascending.reversed(), "\(view)")
      }
    }
    try log.close()
  }

  @Test(arguments: [ViewQuestion.Order.ascending, .descending])
  func pages_of_one_position_stay_the_same_while_events_are_appended(_ order: ViewQuestion.Order) throws {
    var lines = RandomLog(count: 140, SeededGenerator("meanwhile")).lines[...]
    let log = try ViewLog()
    try log.append(Array(lines.prefix(80)))
    lines = lines.dropFirst(80)
    for view in Self.views {
      var question = ViewQuestion(at: ViewLog.today)
      question.order = order
      let whole = ViewLog.rows(try log.answer(view, question, asOf: 80))
      question.limit = 3
      let paged = try Self.pages(log, view, question, asOf: 80) {
        guard let line = lines.popFirst() else { return }
        try log.append([line])
      }
      #expect(paged.rows == whole, "\(view)")
    }
    try log.close()
  }

  @Test(arguments: [ViewQuestion.Order.ascending, .descending])
  func rows_without_a_date_are_counted_once_over_all_pages(_ order: ViewQuestion.Order) throws {
    let log = try ViewLog()
    try log.append(
      (1...9).map { index in
        let when = index % 3 == 0 ? "" : #","when":"2024-05-0\#(index)""#
        return Line.claim("visit", "v\(index)", in: "D\(index)", #""visitor":"V","host":"H"\#(when)"#)
      })
    var question = ViewQuestion(at: ViewLog.today)
    question.range = try DayRange.between("2024-05-02", "2024-05-31")
    question.order = order
    question.limit = 2
    let paged = try Self.pages(log, "visits", question, asOf: 9)
    #expect(paged.rows.count == 5)
    #expect(paged.undated == 3)
    try log.close()
  }

  @Test func a_limit_above_the_pairs_of_a_filter_gives_no_cursor() throws {
    let log = try ViewLog()
    try log.append(
      (1...6).map { index in
        let other = index % 2 == 0 ? "B" : "C"
        return Line.claim("visit", "v\(index)", #""visitor":"A","host":"\#(other)","when":"2024-05-0\#(index)""#)
      })
    var question = ViewQuestion(at: ViewLog.today)
    question.between = ("B", "A")
    question.limit = 3
    let answer = try log.answer("visits", question)
    #expect(answer.count == 3)
    #expect(answer.cursor == nil)
    try log.close()
  }
}
