import AnnalsClient
import Claims
import Foundation
import JSON
import Presentation

/// Goes through questions with a person and records what is judged.
struct ReviewSession<Dialogue: ReviewDialogue> {
  /// How it goes.
  struct Options {
    /// The source of the events recorded.
    var source: String
    /// The reason of every judgement; nil to ask each time.
    var reason: String?
    /// The language of the names of new entities; nil for the document's.
    var language: String?
  }

  private let client: AnnalsClient
  private let dialogue: Dialogue
  private let options: Options
  /// The state of the log that the questions are of.
  private let position: Int64
  /// Events recorded so far.
  private(set) var recorded = 0
  /// Questions answered so far.
  private(set) var answered = 0

  init(_ client: AnnalsClient, _ dialogue: Dialogue, _ options: Options, asOf position: Int64) {
    self.client = client
    self.dialogue = dialogue
    self.options = options
    self.position = position
  }

  /// The input has ended, or the person wants to.
  private struct Left: Error {}

  /// Asks the questions one after the other, until they or the input end.
  mutating func run(_ questions: [ReviewQuestion]) async throws {
    do {
      for (index, question) in questions.enumerated() {
        try await show(question, "\(index + 1) of \(questions.count)")
        try await ask(question)
        try dialogue.say("")
      }
    } catch is Left {}
    let events = recorded == 1 ? "1 event" : "\(NumberText.count(recorded)) events"
    try dialogue.say("\(answered) of \(questions.count) questions answered, \(events) recorded")
  }

  /// Lists the questions without asking them.
  func list(_ questions: [ReviewQuestion]) async throws {
    let ids = questions.flatMap(\.entities)
    let labels = try await EntityLabels.fetchIfServed(ids, asOf: position, language: nil, client)
    for (index, question) in questions.enumerated() {
      try dialogue.say(ReviewText(question: question, evidence: nil, labels: labels).tree("\(index + 1)"))
    }
    try dialogue.say(questions.count == 1 ? "1 question" : "\(NumberText.count(questions.count)) questions")
  }

  private func show(_ question: ReviewQuestion, _ number: String) async throws {
    let events = try await evidence(of: question)
    let ids = EvidenceTree.entities(of: events) + question.entities
    let labels = try await EntityLabels.fetchIfServed(ids, asOf: position, language: nil, client)
    let evidence = EvidenceTree(events, labels: labels)
    try dialogue.say(ReviewText(question: question, evidence: evidence, labels: labels).tree(number))
  }

  /// The events behind the claims that are shown, in order of position.
  private func evidence(of question: ReviewQuestion) async throws -> [JSONValue] {
    var events: [Int64: JSONValue] = [:]
    for row in question.rows.prefix(ReviewText.mostClaims) {
      for event in try RowParser().values(try await row.rows(client)) { events[event["position"]?.int ?? 0] = event }
    }
    return events.sorted { $0.key < $1.key }.map(\.value)
  }

  // MARK: Answers

  private mutating func ask(_ question: ReviewQuestion) async throws {
    while true {
      let line = try answer(question.matter.prompt)
      do {
        switch try ReviewAction(line, to: question.matter) {
        case .skip: return
        case .quit: throw Left()
        case .help: for line in question.matter.help { try dialogue.say("  \(line)") }
        case let action:
          try await record(try await events(action, question))
          answered += 1
          return
        }
      } catch let mistake as ReviewAction.Mistake {
        try dialogue.say(mistake.message)
      } catch ClientError.server(let refusal) {
        try dialogue.say(VisibleText.escaped("Nothing is recorded. \(refusal)"))
      }
    }
  }

  /// The events that record a judgement; asks for what they need beside it.
  private func events(_ action: ReviewAction, _ question: ReviewQuestion) async throws -> [ReviewEvent] {
    switch action {
    case .judge(let one, let other, let judgement):
      return [.judged(one, other, judgement, reason: try reason())]
    case .assess(let claims, let rank):
      let reason = try reason()
      return claims.map { .assessed($0, rank, reason: reason) }
    case .link(let one, let other, let judgement): return [.linked(one, other, judgement)]
    case .publish(let document, let given):
      let date = try given ?? needed("Published (EDTF, such as 2026-02-04): ")
      return [.published(document, date, reason: try reason())]
    case .declare(let name): return [try await declaration(of: name, question)]
    case .skip, .quit, .help: return []
    }
  }

  private func declaration(of name: String, _ question: ReviewQuestion) async throws -> ReviewEvent {
    let entity = try needed("Id of the entity: ")
    let kinds = EntityDeclared.Kind.allCases.map(\.rawValue)
    guard let kind = EntityDeclared.Kind(rawValue: try needed("Kind (\(kinds.joined(separator: ", "))): ")) else {
      throw ReviewAction.Mistake(message: "A kind is one of \(kinds.joined(separator: ", ")).")
    }
    var language = options.language
    if language == nil {
      let usual = try await self.language(of: question)
      let said = try answer("Language of the name\(usual.map { " [\($0)]" } ?? ""): ")
      language = said.isEmpty ? usual : said
    }
    guard let language else { throw ReviewAction.Mistake(message: "A name has a language, such as ar.") }
    return .declared(entity, kind, name: name, language: language)
  }

  /// The language of the first document in which the name stands.
  private func language(of question: ReviewQuestion) async throws -> String? {
    let events = try await evidence(of: question)
    return events.compactMap { $0["data"]?["document"] == nil ? nil : $0["data"]?["lang"]?.string }.last
  }

  private func reason() throws -> String {
    try options.reason ?? needed("Reason: ")
  }

  private func needed(_ prompt: String) throws -> String {
    let said = try answer(prompt)
    guard !said.isEmpty else { throw ReviewAction.Mistake(message: "Nothing is recorded without it.") }
    return said
  }

  private func answer(_ prompt: String) throws -> String {
    guard let line = try dialogue.ask(prompt) else { throw Left() }
    return line.trimmingCharacters(in: .whitespaces)
  }

  private mutating func record(_ events: [ReviewEvent]) async throws {
    let lines = events.map { $0.json(source: options.source, asOf: position) }
    let receipt = try await client.append(batch: lines)
    recorded += receipt.positions.count - receipt.duplicates
    for (event, place) in zip(events, receipt.positions) {
      try dialogue.say(VisibleText.escaped("recorded at position \(place): \(event.type), \(event.words)"))
    }
  }
}
