import EventLog
import LMDB
import TestSupport
import Testing

/// Random requests, restarts and lost copies of LMDB against a model.
@Suite struct LogModelTests {
  private static let rounds: UInt64 = 6
  private static let steps = 40
  private static let ids = (0..<30).map { "id-\($0)" }
  private static let subjects = ["S", "T", "U"]
  private static let documents = ["D1", "D2", "D3"]

  @Test func random_requests_and_restarts_match_a_model() throws {
    let seed = SeededGenerator().seed
    print("ANNALS_SEED=\(seed)")
    for round in 0..<Self.rounds {
      var random = SeededGenerator(seed: seed &+ round)
      try check(&random, "ANNALS_SEED=\(seed), round \(round)")
    }
  }

  private func check(_ random: inout SeededGenerator, _ label: Comment) throws {
    let fixture = LogFixture(segmentBytes: 4_096 + Int.random(in: 500...8_000, using: &random))
    fixture.options.eventsPerTransaction = Int.random(in: 1...5, using: &random)
    fixture.options.backlogBytes = Int.random(in: 1...2_000, using: &random)
    fixture.options.crowdedBytes = Int.random(in: 1...2_000, using: &random)
    var model = LogModel()
    var log = try fixture.open()
    for _ in 0..<Self.steps {
      switch Int.random(in: 0..<12, using: &random) {
      case 0:
        try log.close()
        log = try fixture.open()
      case 1:
        try log.close()
        try TemporaryFolder.remove(fixture.lmdb)
        log = try fixture.open()
      case 2:
        try restartWithOlderLMDB(fixture, &log, &model, &random)
      case 3, 4:
        let requests = (0..<Int.random(in: 2...4, using: &random)).map { _ in request(model, &random) }
        let batches = try requests.map { try batch($0, &random) }
        let expected = requests.map { model.append($0) }
        #expect(try log.appendTogether(batches) == expected, label)
      default:
        let request = request(model, &random)
        let expected = model.append(request)
        #expect(log.append(try batch(request, &random)) == expected, label)
      }
      #expect(log.head == model.head, label)
    }
    try compare(log, model, label)
    try log.close()
    log = try fixture.open()
    try compare(log, model, label)
    try log.close()
  }

  /// Appends once more, and puts back LMDB as it was before: what a crash may leave of commits that were not synced.
  private func restartWithOlderLMDB(
    _ fixture: LogFixture, _ log: inout EventLog, _ model: inout LogModel, _ random: inout SeededGenerator
  ) throws {
    try log.close()
    let old = fixture.folder.file("old")
    try TemporaryFolder.copy(fixture.lmdb, to: old)
    log = try fixture.open()
    let request = request(model, &random)
    let expected = model.append(request)
    #expect(log.append(try batch(request, &random)) == expected)
    try log.close()
    try TemporaryFolder.copy(old, to: fixture.lmdb)
    log = try fixture.open()
  }

  private func compare(_ log: EventLog, _ model: LogModel, _ label: Comment) throws {
    let lines = try log.lines()
    #expect(lines.count == model.events.count, label)
    for (line, event) in zip(lines, model.events) {
      #expect(line.contains(#""id":"\#(event.id)""#) && line.contains(#""source":"\#(event.source)""#), label)
    }
    try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
      for id in Self.ids {
        for source in ["desk", "other"] {
          let position = try log.tables.position(source: source, id: id, transaction)
          #expect(position == model.position(source: source, id: id), label)
        }
      }
      for subject in Self.subjects {
        let last = try log.tables.lastPosition(ofSubject: subject, transaction)
        #expect(last == model.lastPosition(ofSubject: subject), label)
      }
      for document in Self.documents {
        let place = try log.tables.registration(of: "document:\(document)", transaction)
        #expect(place == model.registration(of: document), label)
      }
    }
  }

  // MARK: Random requests

  private func request(_ model: LogModel, _ random: inout SeededGenerator) -> LogModel.Request {
    let count = Bool.random(using: &random) ? 1 : Int.random(in: 1...4, using: &random)
    let events = (0..<count).map { _ in event(model, &random) }
    let isConditional = Int.random(in: 0..<4, using: &random)
    let head = model.head - min(model.head, UInt64.random(in: 0...1, using: &random))
    let last = events[0].subject.map { model.lastPosition(ofSubject: $0) } ?? 0
    return LogModel.Request(
      events: events, ifHead: isConditional == 0 ? head : nil,
      ifSubject: isConditional == 1 ? (Int.random(in: 0..<3, using: &random) == 0 ? head : last) : nil)
  }

  private func event(_ model: LogModel, _ random: inout SeededGenerator) -> LogModel.Event {
    // Now and then one that was recorded is sent again.
    if Int.random(in: 0..<5, using: &random) == 0, let old = model.events.randomElement(using: &random) { return old }
    let content: LogModel.Event.Content =
      switch Int.random(in: 0..<6, using: &random) {
      case 0: .retraction(reference(model, &random))
      case 1: .document(Self.documents.randomElement(using: &random) ?? "D1")
      case 2: .name
      case 3: .call(supersedes: reference(model, &random))
      default: .call(supersedes: nil)
      }
    return LogModel.Event(
      source: Int.random(in: 0..<4, using: &random) == 0 ? "other" : "desk",
      id: Self.ids.randomElement(using: &random) ?? "id-0",
      subject: Bool.random(using: &random) ? Self.subjects.randomElement(using: &random) : nil, content: content,
      variant: Int.random(in: 0..<2, using: &random))
  }

  private func reference(_ model: LogModel, _ random: inout SeededGenerator) -> LogModel.Event.Reference {
    guard Bool.random(using: &random) else { return .id(Self.ids.randomElement(using: &random) ?? "id-0") }
    return .position(UInt64.random(in: 1...model.head + 2, using: &random))
  }

  private func batch(_ request: LogModel.Request, _ random: inout SeededGenerator) throws -> AppendBatch {
    try AppendBatch(request.events.map { text(of: $0, &random) }, ifHead: request.ifHead, ifSubject: request.ifSubject)
  }

  /// The event as JSON, its members in random order.
  private func text(of event: LogModel.Event, _ random: inout SeededGenerator) -> String {
    func json(_ reference: LogModel.Event.Reference) -> String {
      switch reference {
      case .position(let position): "\(position)"
      case .id(let id): #"{"id":"\#(id)"}"#
      }
    }
    let type: String
    var data: [String]
    switch event.content {
    case .call(let reference):
      type = "claim.call"
      data = [
        #""parties":["A","B"]"#, #""medium":"phone""#, #""evidence":[{"document":"D1"}]"#,
        #""note":"\#(event.variant)""#,
      ]
      if let reference { data.append(#""supersedes":\#(json(reference))"#) }
    case .name:
      type = "entity.named"
      data = [#""entity":"E""#, #""name":"\#(event.variant)""#, #""lang":"en""#]
    case .retraction(let reference):
      type = "review.retracted"
      data = [#""claim":\#(json(reference))"#, #""reason":"\#(event.variant)""#]
    case .document(let document):
      type = "document.registered"
      data = [#""document":"\#(document)""#, #""lang":"en""#, #""published":null"#, #""basis":"stated""#]
      data.append(#""title":"\#(event.variant)""#)
    }
    var members = [#""source":"\#(event.source)""#, #""id":"\#(event.id)""#, #""type":"\#(type)""#]
    members.append(#""data":{\#(data.shuffled(using: &random).joined(separator: ","))}"#)
    if let subject = event.subject { members.append(#""subject":"\#(subject)""#) }
    return "{\(members.shuffled(using: &random).joined(separator: ","))}"
  }
}
