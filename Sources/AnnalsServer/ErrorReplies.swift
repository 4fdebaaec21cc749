import Claims
import EventLog
import JSON
import LineProtocol
import Projections
import Store
import WriteAheadLog

/// What the client is told of each error.
extension ProtocolError {
  /// JSON that cannot be read.
  init(_ error: JSONError) {
    self.init(
      .invalidJSON, error.reason, pointer: error.pointer.text,
      members: [ReplyMember("offset", .number(UInt64(error.offset)))])
  }

  /// An event that breaks the rules of its type.
  init(_ error: EventError, index: Int?) {
    let code: ErrorCode = error.kind == .unknownType ? .unknownType : .invalidEvent
    self.init(code, error.message, pointer: error.pointer, index: index)
  }

  /// An append that was refused.
  ///
  /// - Parameter isBatch: pointers begin with the index then, since they lead into the request's JSON.
  init(_ error: AppendError, isBatch: Bool) {
    func place(_ index: Int, _ pointer: String) -> String { isBatch ? "/\(index)\(pointer)" : pointer }
    func which(_ index: Int) -> Int? { isBatch ? index : nil }
    switch error {
    case .idConflict(let index, let position):
      self.init(
        .idConflict, "this source and id were recorded at position \(position) with other content; use a new id",
        pointer: place(index, "/id"), index: which(index), position: position)
    case .erased(let index, let position):
      self.init(
        .idConflict, "the event with this source and id, at position \(position), was erased; it is not recorded again",
        pointer: place(index, "/id"), index: which(index), position: position)
    case .headMoved(let position):
      self.init(.conflict, "the head is \(position); read what is new and decide again", position: position)
    case .subjectMoved(let index, let position):
      self.init(
        .conflict, "the last event of this subject is at position \(position); read it and decide again",
        pointer: place(index, "/subject"), index: which(index), position: position)
    case .subjectMissing(let index):
      self.init(
        .badRequest, "if-subject needs a subject in every event", pointer: place(index, ""), index: which(index))
    case .alreadyRegistered(let index, let position, let what):
      self.init(
        .conflict, "\(what) was registered at position \(position); a document is registered once",
        pointer: place(index, "/data/document"), index: which(index), position: position)
    case .judgedDifferent(let index, let position):
      self.init(
        .conflict, "the two were judged different at position \(position); a negative judgement lasts",
        pointer: place(index, "/data/b"), index: which(index), position: position)
    case .unresolvedReference(let index, let pointer, let what):
      self.init(
        .unresolvedReference, "there is no event with \(what); append it first, or earlier in the same batch",
        pointer: place(index, pointer), index: which(index))
    case .notAClaim(let index, let pointer, let position, let type):
      self.init(
        .invalidEvent, "the event at position \(position) is of type \(type), which cannot be meant here",
        pointer: place(index, pointer), index: which(index), position: position)
    case .tooLarge(let bytes, let limit):
      self.init(.badRequest, "the batch makes \(bytes) bytes of at most \(limit); split it")
    case .diskFull:
      self.init(.diskFull, "the disk is full; nothing was recorded, and queries go on")
    case .stopped(let cause):
      self.init(.readOnly, "nothing is recorded any more: \(cause); restart the daemon once the disk is sound")
    case .storage(let cause):
      self.init(.readOnly, "nothing is recorded any more: \(cause); queries go on with what was recorded before")
    case .closing: self.init(.shuttingDown, "the daemon is stopping")
    }
  }

  /// A failure of the log.
  init(_ error: EventLogError) {
    guard !error.isWantOfRoom else {
      self.init(.diskFull, "the disk is full; what was recorded last cannot be read before there is room")
      return
    }
    self.init(.internal, "\(error)")
  }

  /// A question that could not be answered.
  init(_ error: StoreError, views: [String]) {
    switch error {
    case .log(let cause): self.init(cause)
    case .projection(.unanswerable(let reason)): self.init(.badRequest, reason)
    case .projection(let cause): self.init(.internal, "\(cause)")
    case .notFound(let message): self.init(.notFound, message)
    case .unknownView(let name):
      self = .unknownName(
        name, code: .unknownView, statement: "there is no view '\(Self.echo(name))'", member: "view", known: views)
    case .notReached(let state, let position):
      let reached = state.frozenAt ?? 0
      switch state.condition {
      case .stopped:
        self.init(
          .internal,
          "\(state.view) stopped \(state.error ?? "at position \(reached)"); it knows nothing of position \(position)",
          position: reached)
      case .live, .rebuilding:
        self.init(.busy, "\(state.view) is being rebuilt and reaches position \(reached) so far", position: reached)
      }
    case .tooFarAhead(let position, let head):
      self.init(.tooFarAhead, "position \(position) is beyond the head, \(head)", position: head)
    case .badTime(let text):
      self.init(
        .badRequest, "a state of the log is a position or a time of RFC 3339 in years 0000 to 9999, not \"\(text)\"")
    case .reversed(let from, let to):
      self.init(.badRequest, "from, position \(from), lies behind to, position \(to); exchange them")
    case .rebuilt(let view): self.init(.busy, "\(view) was built anew meanwhile; ask again")
    }
  }
}
