import EDTF
import EventLog
import JSON
import LineProtocol
import Logging
import NIOCore
import Projections
import Store

/// The requests other than `APPEND`.
extension Session {
  /// Answers a request, at once or once the views have what it asks for.
  ///
  /// - Parameter line: the line that the request came in.
  func perform(_ request: Request, _ line: [UInt8]) {
    switch request {
    case .append: preconditionFailure("appends are submitted, not performed")
    case .ping: ok([ReplyMember("version", .text(ServerVersion.text))])
    case .help(let verb): help(verb)
    case .get(let address): whenApplied(lastAppended) { $0.get(address) }
    case .replay(let request):
      let head = shared.store.log.head
      whenApplied(request.follows ? lastAppended : min(request.to ?? head, head)) {
        $0.beginReplay(request, head: head)
      }
    case .views: whenApplied(lastAppended) { $0.views() }
    case .query(let request): query(request, line)
    case .explain(let request): whenApplied(lastAppended) { $0.explain(request) }
    case .diff(let request): diff(request)
    case .checkpoint: whenApplied(lastAppended) { $0.checkpoint() }
    case .prove(let request): prove(request)
    case .backup(let path): backup(to: path)
    case .status: status()
    case .metrics: metrics()
    case .quit:
      ok()
      close()
    }
  }

  func ok(_ members: [ReplyMember] = []) {
    answer { StatusLine.append(members, to: &$0) }
  }

  /// Adds an error reply and counts it.
  func fail(_ error: ProtocolError) {
    count(error)
    answer { StatusLine.append(error, to: &$0) }
  }

  func count(_ error: ProtocolError) {
    shared.metrics.errorsTotal.add(1, ordering: .relaxed)
    let level: Logger.Level = error.code == .internal ? .error : .debug
    logger.log(
      level: level, "request refused", metadata: ["code": "\(error.code.rawValue)", "message": "\(error.message)"])
  }

  /// Runs `body` once readers see everything up to `position`; lines behind wait meanwhile.
  func whenApplied(_ position: UInt64, _ body: @escaping (Session) -> Void) {
    if shared.store.log.applied >= position { return body(self) }
    guard let loop = context?.eventLoop else { return }
    block()
    let bound = NIOLoopBound((self, body), eventLoop: loop)
    shared.store.log.whenApplied(position) { error in
      loop.execute {
        let (session, body) = bound.value
        session.unblock {
          if let error { session.fail(ProtocolError(error)) } else { body(session) }
        }
      }
    }
  }

  private func help(_ verb: Verb?) {
    answer { output in
      for row in verb.map({ [$0] }) ?? Verb.allCases { row.appendHelpRow(to: &output) }
      StatusLine.append(to: &output)
    }
  }

  private func get(_ address: EventAddress) {
    attempt { () throws(StoreError) in
      let line =
        switch address {
        case .position(let position): try shared.store.line(at: position)
        case .event(let source, let id): try shared.store.line(source: source, id: id)
        }
      answer { output in
        output.append(contentsOf: line)
        output.append(UInt8(ascii: "\n"))
        StatusLine.append(to: &output)
      }
    }
  }

  private func query(_ request: QueryRequest, _ line: [UInt8]) {
    guard let projector = shared.store.views.projector(of: request.view) else {
      return fail(ProtocolError(.unknownView(request.view), views: viewNames))
    }
    let question: ViewQuestion
    let asOf: AsOf?
    do throws(ProtocolError) {
      (question, asOf) = try QuestionParsing.question(request, to: projector, today: shared.today)
    } catch { return fail(error) }
    let needed = max(lastAppended, request.minPosition ?? 0)
    // A position nobody has reached is not waited for: it may never come, after a restore for instance.
    guard needed <= shared.store.log.head else {
      return fail(ProtocolError(.tooFarAhead(needed, head: shared.store.log.head), views: viewNames))
    }
    whenApplied(needed) { session in
      session.attempt { () throws(StoreError) in
        let answered = try session.shared.store.answer(request.view, question, asOf: asOf, words: line)
        session.answer { output in
          output.append(contentsOf: answered.answer.bytes)
          StatusLine.append(Self.status(of: answered, question), to: &output)
        }
      }
    }
  }

  private static func status(of answered: Store.Answered, _ question: ViewQuestion) -> [ReplyMember] {
    var members = [
      ReplyMember("count", .number(UInt64(answered.answer.count))), ReplyMember("position", .number(answered.position)),
      ReplyMember("at", .text(question.day.description)),
    ]
    if answered.answer.undated > 0 {
      members.append(ReplyMember("undated", .number(UInt64(answered.answer.undated))))
    }
    if let place = answered.answer.cursor {
      let cursor = QuestionParsing.Cursor(position: answered.position, place: place)
      members.append(ReplyMember("cursor", .text(QuestionParsing.encode(cursor))))
    }
    return members
  }

  private func explain(_ request: ExplainRequest) {
    attempt { () throws(StoreError) in
      let lines = try shared.store.explain(request.view, key: request.key, asOf: request.asOf)
      answer { output in
        for line in lines {
          output.append(contentsOf: line)
          output.append(UInt8(ascii: "\n"))
        }
        StatusLine.append([ReplyMember("count", .number(UInt64(lines.count)))], to: &output)
      }
    }
  }

  private func views() {
    attempt { () throws(StoreError) in
      let states = try shared.store.states()
      answer { output in
        for (state, position, head) in states {
          ReplyMember.appendRow(viewRow(state, position, head), to: &output)
        }
        StatusLine.append(to: &output)
      }
    }
  }

  private func viewRow(_ state: ViewState, _ position: UInt64, _ head: UInt64) -> [ReplyMember] {
    let parameters = shared.store.views.projector(of: state.view).map(QuestionParsing.parameters) ?? []
    return [
      ReplyMember("view", .text(state.view)), ReplyMember("version", .number(UInt64(state.version))),
      ReplyMember("rows", .number(UInt64(state.rows))), ReplyMember("position", .number(position)),
      ReplyMember("lag", .number(head - position)), ReplyMember("state", .text(state.condition.rawValue)),
      ReplyMember("error", state.error.map { .text($0) } ?? .json(Array("null".utf8))),
      ReplyMember("parameters", .texts(parameters)),
    ]
  }

  var viewNames: [String] { shared.store.views.projectors.map(\.name) }

  /// Does what may fail in the store, and answers with the error if it does.
  func attempt(_ body: () throws(StoreError) -> Void) {
    do throws(StoreError) { try body() } catch { fail(ProtocolError(error, views: viewNames)) }
  }

  private func metrics() {
    answer { output in
      let log = shared.store.log
      let gauges: [ServerMetrics.Metric] = [
        ("annals_log_head", "gauge", "Last durable position.", Int(log.head)),
        ("annals_log_applied", "gauge", "Last position that readers see.", Int(log.applied)),
        (
          "annals_answers_repeated_total", "counter", "Answers given again, nothing they rest on having changed.",
          shared.store.repeatedAnswers
        ),
      ]
      for metric in shared.metrics.all + gauges {
        ReplyMember.appendRow(
          [
            ReplyMember("name", .text(metric.name)), ReplyMember("type", .text(metric.type)),
            ReplyMember("value", .number(UInt64(max(0, metric.value)))), ReplyMember("help", .text(metric.help)),
          ], to: &output)
      }
      StatusLine.append(to: &output)
    }
  }
}
