import EventLog

/// What an event log must answer, kept in memory in the plainest way.
struct LogModel {
  /// An event as the model sees it.
  struct Event: Hashable {
    enum Reference: Hashable {
      case position(UInt64)
      case id(String)
    }

    enum Content: Hashable {
      case call(supersedes: Reference?)
      case name
      case retraction(Reference)
      case document(String)
    }

    let source: String
    let id: String
    let subject: String?
    let content: Content
    let variant: Int

    var isClaim: Bool { if case .call = content { true } else { false } }
  }

  /// A request as the model sees it.
  struct Request {
    let events: [Event]
    let ifHead: UInt64?
    let ifSubject: UInt64?
  }

  private(set) var events: [Event] = []

  var head: UInt64 { UInt64(events.count) }

  func position(source: String, id: String) -> UInt64? {
    events.firstIndex { $0.source == source && $0.id == id }.map { UInt64($0 + 1) }
  }

  func lastPosition(ofSubject subject: String) -> UInt64 {
    events.lastIndex { $0.subject == subject }.map { UInt64($0 + 1) } ?? 0
  }

  func registration(of document: String) -> UInt64? {
    events.firstIndex { $0.content == .document(document) }.map { UInt64($0 + 1) }
  }

  /// Answers a request, and takes its events in if it is not refused.
  mutating func append(_ request: Request) -> Answer {
    let before = self
    let answer = before.answer(request, &self)
    if case .recorded = answer { return answer }
    self = before
    return answer
  }

  private func answer(_ request: Request, _ after: inout LogModel) -> Answer {
    var positions: [UInt64] = []
    var duplicates = 0
    for (index, event) in request.events.enumerated() {
      if let position = after.position(source: event.source, id: event.id) {
        guard after.events[Int(position) - 1] == event else { return .idConflict(index: index, position: position) }
        positions.append(position)
        duplicates += 1
        continue
      }
      if let refusal = refusal(of: event, index, request, after) { return refusal }
      after.events.append(event)
      positions.append(after.head)
    }
    if let expected = request.ifHead, duplicates < positions.count, expected != head { return .headMoved(head) }
    return .recorded(positions, duplicates: duplicates)
  }

  private func refusal(of event: Event, _ index: Int, _ request: Request, _ after: LogModel) -> Answer? {
    if let expected = request.ifSubject {
      guard let subject = event.subject else { return .subjectMissing(index: index) }
      let last = lastPosition(ofSubject: subject)
      if last != expected { return .subjectMoved(index: index, position: last) }
    }
    switch event.content {
    case .document(let document):
      return after.registration(of: document).map { .alreadyRegistered(index: index, position: $0) }
    case .call(let reference?), .retraction(let reference):
      let place: UInt64?
      switch reference {
      case .position(let position): place = position <= after.head ? position : nil
      case .id(let id): place = after.position(source: event.source, id: id)
      }
      guard let place else { return .unresolved(index: index) }
      return after.events[Int(place) - 1].isClaim ? nil : .notAClaim(index: index, position: place)
    case .call(nil), .name: return nil
    }
  }
}
