import Claims
import EventLog
import JSON
import LineProtocol
import Projectors
import Store
import TestSupport
import Testing
import ViewTestSupport

/// What is given again because it was answered before is what would be answered now.
struct RepeatedAnswerTests {
  /// Questions to every view, some with names whose meaning the log changes; and to a few at a fixed position.
  private static let requests =
    Views.all.map { "QUERY \($0.name)" } + [
      "QUERY timeline with=\"A One\"", "QUERY visits between=\"a1\",\"B Two\"",
      "QUERY meetings with=\"C Two\" order=desc",
      "QUERY trade-volume between=\"A\",\"B\"", "QUERY visits attributor=P1", "QUERY timeline without-source=Gazette",
      "QUERY timeline as-of=7", "QUERY visits as-of=15", "QUERY treaties at=2024-05-02", "QUERY meetings limit=1",
    ]

  private static func append(_ line: String, to store: Store) throws {
    let event = try PreparedEvent(JSONParser().parse(Array(line.utf8)).root)
    let receipt = Receipt()
    store.log.append(AppendBatch([event], by: Peer(name: "tester")), token: 1, to: receipt)
    try store.log.waitUntilApplied(receipt.wait().head)
  }

  private static func answer(_ store: Store, _ words: String, isRepeatable: Bool) throws -> Store.Answered? {
    guard case .query(let request) = try Request(parsing: Array(words.utf8)),
      let projector = store.views.projector(of: request.view)
    else { return nil }
    let (question, asOf) = try QuestionParsing.question(request, to: projector, today: ViewLog.today)
    do throws(StoreError) {
      return try store.answer(request.view, question, asOf: asOf, words: isRepeatable ? Array(words.utf8) : nil)
    } catch {
      // Asked as of a position that is still to come.
      if case .tooFarAhead = error { return nil }
      throw error
    }
  }

  @Test func an_answer_is_not_given_again_once_a_name_in_the_question_means_another() throws {
    let folder = TemporaryFolder()
    let store = try Store(folder.path, options: ViewLog.options())
    try Self.append(Line.entity("V", "person", names: "Vee"), to: store)
    try Self.append(Line.claim("visit", "v1", #""visitor":"V","host":"H","when":"2024-05-01""#), to: store)
    #expect(try Self.answer(store, "QUERY visits with=\"Zed\"", isRepeatable: true)?.answer.count == 0)
    // No row of the view changes by it.
    try Self.append(Line.name("Zed", of: "V"), to: store)
    #expect(try Self.answer(store, "QUERY visits with=\"Zed\"", isRepeatable: true)?.answer.count == 1)
    try store.close()
  }

  @Test func an_answer_given_again_is_the_one_that_would_be_worked_out() throws {
    let folder = TemporaryFolder()
    var store = try Store(folder.path, options: ViewLog.options())
    var repeated = 0
    for (index, line) in RandomLog(count: 60, SeededGenerator("repeated answers")).lines.enumerated() {
      try Self.append(line, to: store)
      if index == 30 {
        repeated += store.repeatedAnswers
        try store.close()
        store = try Store(folder.path, options: ViewLog.options())
      }
      for words in Self.requests {
        let (asked, again) = (
          try Self.answer(store, words, isRepeatable: true), try Self.answer(store, words, isRepeatable: true)
        )
        let fresh = try Self.answer(store, words, isRepeatable: false)
        for given in [asked, again] {
          #expect(given?.position == fresh?.position, "\(words) at \(index + 1)")
          #expect(given?.answer == fresh?.answer, "\(words) at \(index + 1)")
        }
      }
    }
    repeated += store.repeatedAnswers
    // At the least whatever was asked twice, but for what is never kept; and some that a whole event left as they were.
    #expect(repeated > 60 * (Self.requests.count - 3))
    try store.close()
  }
}
