import AnnalsClient
import JSON
import Presentation
import Testing

@testable import annals

/// Reviews of a record that a daemon in this process keeps.
struct ReviewTests {
  /// A person who gives answers from a list, and all that was said.
  private final class Script: ReviewDialogue {
    private var answers: [String]
    private(set) var lines: [String] = []

    init(_ answers: [String]) { self.answers = answers }

    func say(_ line: String) { lines.append(line) }

    func ask(_ prompt: String) -> String? {
      lines.append(prompt)
      return answers.isEmpty ? nil : answers.removeFirst()
    }

    func holds(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
  }

  private static func event(_ type: String, _ id: String, _ data: String) -> String {
    #"{"source":"test","id":"\#(id)","type":"\#(type)","data":{\#(data)}}"#
  }

  private static func document(_ id: String, published: String = "null") -> String {
    event("document.registered", id, #""document":"\#(id)","lang":"ar","published":\#(published),"basis":"inferred""#)
  }

  private static func call(_ id: String, in document: String = "D1", _ parties: String, _ more: String = "") -> String {
    let evidence = #""evidence":[{"document":"\#(document)","quote":"words of \#(id)"}]"#
    return event("claim.call", id, #"\#(evidence),"medium":"phone","parties":[\#(parties)]\#(more)"#)
  }

  private static func person(_ id: String, _ name: String) -> String {
    event("entity.declared", id, #""entity":"\#(id)","kind":"person","names":{"en":["\#(name)"]}"#)
  }

  private static func rows(_ view: String, _ client: AnnalsClient) async throws -> [JSONValue] {
    try RowParser().values(try await client.send("QUERY \(view)").rows)
  }

  /// Asks the questions of views and answers them.
  private static func review(
    _ views: [String], _ answers: [String], reason: String? = "r", _ client: AnnalsClient
  ) async throws -> (script: Script, recorded: [JSONValue]) {
    let before = try #require(try await client.send("STATUS").status.integer("head"))
    let script = Script(answers)
    let (questions, position) = try await ReviewQuestions.fetch(views, whys: [], client)
    let options = ReviewSession<Script>.Options(source: "review/ana", reason: reason)
    var session = ReviewSession(client, script, options, asOf: position)
    try await session.run(questions)
    let events = try RowParser().values(try await client.send("REPLAY from=\(before + 1)").rows)
    #expect(events.count == session.recorded)
    for event in events { #expect(event["source"]?.string == "review/ana") }
    return (script, events)
  }

  private static func data(_ event: JSONValue, _ names: String...) -> [String] {
    names.map { RowReader.text(event["data"]?[$0]) }
  }

  private static let names = [
    document("D1"), person("Q1", "Hanna"), person("Q2", "Ruth"),
    call("c1", #""Hana","Q2""#, #","when":"2024-01-01""#), call("c2", #""Hana","Q2""#, #","when":"2024-01-02""#),
  ]

  @Test func all_claims_of_a_name_are_one_question_with_their_words_and_candidates() async throws {
    try await LiveDaemon.run(Self.names) { client in
      let (script, recorded) = try await Self.review(["unresolved"], ["?", "7", "nonsense", "1"], client)
      #expect(script.lines[0] == "1 of 1  no-entity  “Hana”  2 events")
      for words in ["“words of c1”", "“words of c2”", "1  Q1  Hanna  is written much alike"] {
        #expect(script.holds(words), "\(words)")
      }
      #expect(script.holds("= ID  the same as the entity") && script.holds("Give a number from 1 to 1."))
      #expect(script.holds("That is no answer here"))
      #expect(script.holds("recorded at position 6: entity.judged, “Hana” and Q1: same"))
      #expect(script.lines.last == "1 of 1 questions answered, 1 event recorded")
      #expect(Self.data(recorded[0], "a", "b", "judgement", "reason") == ["Hana", "Q1", "same", "r"])
      #expect(try await Self.rows("unresolved", client).isEmpty)
    }
  }

  @Test(arguments: [
    (["= Q2"], ["Hana", "Q2", "same", "r"]), (["d1"], ["Hana", "Q1", "different", "r"]),
    (["d"], ["Hana", "Q1", "different", "r"]), (["u 1"], ["Hana", "Q1", "unsure", "r"]),
  ])
  func a_name_is_judged_against_an_id_or_a_candidate(answers: [String], said: [String]) async throws {
    try await LiveDaemon.run(Self.names) { client in
      let (_, recorded) = try await Self.review(["unresolved"], answers, client)
      #expect(recorded.map { Self.data($0, "a", "b", "judgement", "reason") } == [said])
    }
  }

  @Test(arguments: [("", "ar"), ("en", "en")])
  func a_new_entity_takes_the_name_in_the_language_of_its_document(answer: String, language: String) async throws {
    try await LiveDaemon.run(Self.names) { client in
      let answers = ["n", "hana", "boat", "n", "hana", "person", answer]
      let (script, recorded) = try await Self.review(["unresolved"], answers, client)
      #expect(script.holds("A kind is one of person, country") && script.holds("Language of the name [ar]: "))
      #expect(Self.data(recorded[0], "entity", "kind") == ["hana", "person"])
      #expect(recorded[0]["data"]?["names"]?[language]?.elements.compactMap(\.string) == ["Hana"])
      #expect(try await Self.rows("unresolved", client).isEmpty)
    }
  }

  @Test func a_name_that_several_bear_and_an_unsure_judgement_are_asked_with_those_concerned() async throws {
    let events = [
      Self.document("D1"), Self.person("Q1", "Ruth"), Self.person("Q2", "Ruth"), Self.call("c1", #""Ruth","Q1""#),
      Self.event("entity.judged", "j", #""a":"Hana","b":"Q1","judgement":"unsure","reason":"a guess""#),
    ]
    try await LiveDaemon.run(events) { client in
      let (script, recorded) = try await Self.review(["unresolved"], ["2", "d"], client)
      #expect(script.holds("ambiguous  “Ruth”") && script.holds("2  Q2  Ruth  goes by this name"))
      #expect(script.holds("unsure-merge  “Hana”  a guess") && script.holds("1  Q1  Ruth  was compared with it"))
      #expect(
        recorded.map { Self.data($0, "a", "b", "judgement") } == [
          ["Ruth", "Q2", "same"], ["Hana", "Q1", "different"],
        ])
    }
  }

  private static let weekday =
    #","when":{"expression":"Monday","relative":{"rule":"weekday","weekday":1,"direction":"past"}}"#

  @Test(arguments: [["p 2024-05-01"], ["p", "2024-05-01"], ["p Monday", "p 2024-05-01"]])
  func the_date_of_a_document_settles_all_dates_that_hang_on_it(answers: [String]) async throws {
    let events = [
      Self.document("D1"), Self.person("Q1", "A"), Self.person("Q2", "B"), Self.person("Q3", "C"),
      Self.call("c1", #""Q1","Q2""#, Self.weekday), Self.call("c2", #""Q1","Q3""#, Self.weekday),
    ]
    try await LiveDaemon.run(events) { client in
      let (script, recorded) = try await Self.review(["unresolved"], answers, client)
      #expect(script.lines[0].hasPrefix("1 of 1  no-anchor  document D1"))
      #expect(script.holds("Nothing is recorded. invalid_event") == (answers[0] == "p Monday"))
      #expect(recorded.map { Self.data($0, "document", "published", "basis") } == [["D1", "2024-05-01", "supplied"]])
      #expect(
        try await Self.rows("meetings", client).compactMap { $0["when"]?.string } == ["2024-04-29", "2024-04-29"])
    }
  }

  @Test(arguments: [("x", "review.assessed"), ("p 2024-05-07", "document.corrected")])
  func a_date_that_does_not_fit_is_the_claims_fault_or_the_documents(answer: String, type: String) async throws {
    let when = Self.weekday.replacing(#"{"expression""#, with: #"{"edtf":"2024-05-06","expression""#)
    let events = [
      Self.document("D1", published: #""2024-05-01""#), Self.person("Q1", "A"), Self.person("Q2", "B"),
      Self.call("c1", #""Q1","Q2""#, when),
    ]
    try await LiveDaemon.run(events) { client in
      let (script, recorded) = try await Self.review(["unresolved"], [answer], client)
      #expect(script.holds("date-mismatch  “Monday”  given as 2024-05-06"))
      #expect(recorded.map { $0["type"]?.string } == [type])
    }
  }

  @Test(arguments: [("2", [5, 6], "preferred"), ("x 1", [4], "deprecated")])
  func a_value_is_preferred_or_deprecated_by_all_claims_that_give_it(
    answer: String, claims: [Int64], rank: String
  ) async throws {
    func timed(_ id: String, _ minutes: Int) -> String {
      Self.call(
        id, #""Q1","Q2""#,
        #","when":"2024-01-01","duration":{"value":\#(minutes),"unit":"min"},"attribution":["\#(id)"]"#)
    }
    let events = [
      Self.document("D1"), Self.person("Q1", "A"), Self.person("Q2", "B"), timed("c1", 30), timed("c2", 50),
      timed("c3", 50),
    ]
    try await LiveDaemon.run(events) { client in
      let (script, recorded) = try await Self.review(["disputes"], [answer], client)
      #expect(script.holds("contradiction  meetings Q1,Q2/phone/2024-01-01  duration"))
      #expect(script.holds("1  30 min  says c1") && script.holds("2  50 min  says c2, c3"))
      #expect(script.holds("“words of c3”"))
      #expect(recorded.compactMap { $0["data"]?["claim"]?.int } == claims)
      #expect(recorded.allSatisfy { Self.data($0, "rank", "reason") == [rank, "r"] })
    }
  }

  @Test(arguments: [("y", "yes", 1, false), ("d", "no", 2, false), ("u", "unsure", 2, true)])
  func twins_are_asked_once_and_joined_kept_apart_or_left(
    answer: String, judgement: String, rows: Int, asksAgain: Bool
  ) async throws {
    let events = [
      Self.document("D1"), Self.document("D2"), Self.person("Q1", "A"), Self.person("Q2", "B"),
      Self.call("c1", #""Q1","Q2""#, #","when":"2024-05""#),
      Self.call("c2", in: "D2", #""Q1","Q2""#, #","when":"2024-05-06""#),
    ]
    try await LiveDaemon.run(events) { client in
      let (script, recorded) = try await Self.review(["meetings"], [answer], reason: nil, client)
      #expect(script.lines[0] == "1 of 1  possible twins  meetings  2 events")
      #expect(script.holds("“words of c1”") && script.holds("“words of c2”"))
      #expect(
        recorded.map { Self.data($0, "relation", "judgement") } == [["same-occurrence", judgement]])
      #expect(Set(Self.data(recorded[0], "from", "to")) == ["5", "6"])
      #expect(try await Self.rows("meetings", client).count == rows)
      #expect(try await ReviewQuestions.fetch(["meetings"], whys: [], client).questions.isEmpty == !asksAgain)
    }
  }

  @Test func a_reason_is_asked_for_and_without_one_nothing_is_recorded() async throws {
    try await LiveDaemon.run(Self.names) { client in
      let (script, recorded) = try await Self.review(
        ["unresolved"], ["1", " ", "1", " one woman "], reason: nil, client)
      #expect(script.lines.filter { $0 == "Reason: " }.count == 2)
      #expect(script.holds("Nothing is recorded without it."))
      #expect(Self.data(recorded[0], "reason") == ["one woman"])
    }
  }

  @Test(arguments: [[], ["s"], ["q"], ["n"], ["n", "id"], ["?"]])
  func skipping_leaving_and_the_end_of_the_input_record_nothing(answers: [String]) async throws {
    try await LiveDaemon.run(Self.names) { client in
      let (script, recorded) = try await Self.review(["unresolved"], answers, client)
      #expect(recorded.isEmpty)
      #expect(script.lines.last == "0 of 1 questions answered, 0 events recorded")
    }
  }

  @Test func saying_the_same_twice_of_one_state_records_it_once_and_of_a_later_state_anew() async throws {
    try await LiveDaemon.run(Self.names) { client in
      let (questions, position) = try await ReviewQuestions.fetch(["unresolved"], whys: ["no-entity"], client)
      #expect(try await ReviewQuestions.fetch(["unresolved"], whys: ["no-anchor"], client).questions.isEmpty)
      let options = ReviewSession<Script>.Options(source: "s", reason: "r")
      for (state, count) in [(position, 1), (position, 0), (position + 1, 1)] {
        var session = ReviewSession(client, Script(["1"]), options, asOf: state)
        try await session.run(questions)
        #expect(session.recorded == count)
      }
    }
  }

  @Test func a_list_shows_the_questions_and_asks_nothing() async throws {
    try await LiveDaemon.run(Self.names + [Self.call("c3", #""Zed","Q2""#)]) { client in
      let (questions, position) = try await ReviewQuestions.fetch(ReviewQuestions.views, whys: [], client)
      let script = Script([])
      let session = ReviewSession(client, script, .init(source: "s"), asOf: position)
      try await session.list(questions)
      #expect(
        script.lines == [
          "1  no-entity  “Hana”  2 events", "└─ 1  Q1  Hanna  is written much alike", "2  no-entity  “Zed”  event 6",
          "2 questions",
        ])
    }
  }

  @Test(arguments: [
    (["review"], ReviewQuestions.views), (["review", "--why", "no-anchor"], ["unresolved"]),
    (["review", "--view", "visits", "--view", "disputes"], ["disputes", "visits"]),
  ])
  func views_are_chosen_on_the_command_line(arguments: [String], views: [String]) throws {
    #expect(try (Annals.parseAsRoot(arguments) as? Review)?.chosenViews == views)
  }

  @Test(arguments: [
    ["review", "--view", "timeline"], ["review", "--view", "disputes", "--why", "no-anchor"],
    ["review", "--reason", ""],
  ])
  func what_cannot_be_asked_is_a_usage_error(arguments: [String]) {
    #expect { try Annals.parseAsRoot(arguments) } throws: {
      Annals.exitCode(for: $0).rawValue == ProgramStatus.usage.rawValue
    }
  }
}
