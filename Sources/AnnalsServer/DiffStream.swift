import LineProtocol
import NIOCore
import Projections
import Store

/// A `DIFF` on its way: rows in pieces, each from a read transaction of its own that ends before the piece is sent.
final class DiffStream: StreamedReply {
  private unowned let session: Session
  private let loop: any EventLoop
  private var diff: ViewDiff
  private var isRunning = false
  private var isStopped = false

  init(_ diff: ViewDiff, _ session: Session, on loop: any EventLoop) {
    self.diff = diff
    self.session = session
    self.loop = loop
  }

  func resume() {
    guard !isRunning, !isStopped else { return }
    isRunning = true
    let bound = NIOLoopBound(self, eventLoop: loop)
    loop.execute {
      let stream = bound.value
      stream.isRunning = false
      stream.sendPiece()
    }
  }

  func stop() {
    guard !isStopped else { return }
    finish { $0.fail(ProtocolError(.shuttingDown, "the daemon is stopping")) }
  }

  private func sendPiece() {
    guard !isStopped, session.stream === self else { return }
    let rows: [UInt8]
    do throws(StoreError) { rows = try session.shared.store.read(&diff) } catch {
      return finish { $0.fail(ProtocolError(error, views: $0.viewNames)) }
    }
    session.answer { $0.append(contentsOf: rows) }
    session.flush()
    if diff.isDone {
      let members = [
        ReplyMember("count", .number(UInt64(diff.count))), ReplyMember("from", .number(diff.from)),
        ReplyMember("to", .number(diff.to)),
      ]
      finish { $0.ok(members) }
    } else if session.context?.channel.isWritable == true {
      resume()
    }
  }

  private func finish(_ write: (Session) -> Void) {
    isStopped = true
    write(session)
    session.stream = nil
    session.unblock()
  }
}

extension Session {
  /// Compares two states of a view, once the views have both.
  func diff(_ request: DiffRequest) {
    guard let projector = shared.store.views.projector(of: request.view) else {
      return fail(ProtocolError(.unknownView(request.view), views: viewNames))
    }
    let question: ViewQuestion
    do throws(ProtocolError) {
      question = try QuestionParsing.question(request, to: projector, today: shared.today)
    } catch { return fail(error) }
    // A position nobody has reached is not waited for; the store refuses it.
    var needed = lastAppended
    for case .position(let position) in [request.from, request.to ?? request.from] {
      needed = max(needed, min(position, shared.store.log.head))
    }
    whenApplied(needed) { session in
      session.attempt { () throws(StoreError) in
        let diff = try session.shared.store.diff(request.view, question, from: request.from, to: request.to)
        session.begin(diff)
      }
    }
  }

  private func begin(_ diff: ViewDiff) {
    guard let loop = context?.eventLoop else { return }
    block()
    let stream = DiffStream(diff, self, on: loop)
    self.stream = stream
    stream.resume()
  }
}
