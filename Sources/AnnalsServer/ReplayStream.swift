import EventLog
import JSON
import LMDB
import LineProtocol
import NIOCore
import Store
import Synchronization

/// A `REPLAY` on its way: recorded lines in pieces, each from a read transaction of its own that ends before the piece is
/// sent, as fast as the client takes them.
final class ReplayStream: StreamedReply {
  /// Bytes of lines read in one piece at the most, but for a single longer line.
  private static let pieceBytes = 128 << 10
  /// Lines looked at in one piece at the most, so that a filter that lets few pass does not hold up the loop.
  private static let pieceLines: UInt64 = 4_096

  private unowned let session: Session
  private let request: ReplayRequest
  /// The last position to give.
  private let end: UInt64
  private let loop: any EventLoop
  private let parser = DurableEvent.lineParser()
  private var next: UInt64
  private var count: UInt64 = 0
  private var subscription: Subscription?
  private var isWaitingForEvents = false
  private var isRunning = false
  private var isStopped = false

  init(_ request: ReplayRequest, through end: UInt64, _ session: Session, on loop: any EventLoop) {
    self.request = request
    self.end = end
    self.session = session
    self.loop = loop
    next = max(1, request.from ?? 1)
  }

  func resume() {
    guard !isRunning, !isWaitingForEvents, !isStopped else { return }
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
    finish { StatusLine.append(ProtocolError(.shuttingDown, "the daemon is stopping", members: self.members), to: &$0) }
  }

  private func sendPiece() {
    guard !isStopped, session.stream === self else { return }
    let last = min(end, session.shared.store.log.applied)
    do throws(StoreError) {
      try session.shared.store.read { (transaction: borrowing ReadTransaction) throws(StoreError) in
        do throws(EventLogError) { try readPiece(through: last, transaction) } catch { throw .log(error) }
      }
    } catch {
      return finish { StatusLine.append(ProtocolError(error, views: []), to: &$0) }
    }
    session.flush()
    if next <= last {
      if session.context?.channel.isWritable == true { resume() }
    } else if request.follows, next <= end {
      waitForEvents()
    } else {
      finish { StatusLine.append(self.members, to: &$0) }
    }
  }

  private func readPiece(
    through last: UInt64, _ transaction: borrowing ReadTransaction
  ) throws(EventLogError) {
    let tables = session.shared.store.log.tables
    let end = min(last, next + Self.pieceLines - 1)
    var bytes = 0
    func take(_ position: UInt64, _ line: [UInt8]) throws(EventLogError) -> Visit {
      next = position + 1
      if try passes(line, at: position) {
        session.answer { output in
          output.append(contentsOf: line)
          output.append(UInt8(ascii: "\n"))
        }
        bytes += line.count
        count += 1
      }
      return bytes >= Self.pieceBytes ? .stop : .next
    }
    guard let subject = request.subject else {
      return try tables.forEachLine(from: next, through: end, verifying: true, transaction) {
        position, line, _ throws(EventLogError) in
        try take(position, line)
      }
    }
    var isCut = false
    try tables.forEachPosition(ofSubject: subject, from: next, transaction) { position throws(EventLogError) in
      guard position <= last else { return .stop }
      guard let line = try tables.line(at: position, verifying: true, transaction) else {
        throw .damaged(position: position, reason: "missing from LMDB")
      }
      let visit = try take(position, line)
      isCut = visit == .stop
      return visit
    }
    if !isCut { next = max(next, last + 1) }
  }

  private func passes(_ line: [UInt8], at position: UInt64) throws(EventLogError) -> Bool {
    guard let pattern = request.type else { return true }
    do throws(JSONError) {
      guard let type = try parser.parse(line).root["type"]?.utf8 else { return false }
      return pattern.matches(type)
    } catch { throw .damaged(position: position, reason: "\(error)") }
  }

  /// Sleeps until more is applied. The subscription comes first, so that nothing applied in between is missed.
  private func waitForEvents() {
    isWaitingForEvents = true
    if subscription == nil {
      let bound = NIOLoopBound(WeakStream(self), eventLoop: loop)
      let loop = loop
      subscription = session.shared.store.log.subscribe {
        loop.execute { bound.value.stream?.wake() }
      }
    }
    if next <= session.shared.store.log.applied { wake() }
  }

  private func wake() {
    guard isWaitingForEvents else { return }
    isWaitingForEvents = false
    if session.context?.channel.isWritable == true { resume() }
  }

  private var members: [ReplyMember] { [ReplyMember("count", .number(count)), ReplyMember("next", .number(next))] }

  private func finish(_ write: (inout [UInt8]) -> Void) {
    isStopped = true
    subscription = nil
    session.answer(write)
    session.stream = nil
    session.unblock()
  }
}

/// A stream that a subscription does not keep alive.
private final class WeakStream {
  weak var stream: ReplayStream?

  init(_ stream: ReplayStream) {
    self.stream = stream
  }
}

extension Session {
  /// Begins to send recorded events; `head` is where the log ended at the time of the request.
  func beginReplay(_ request: ReplayRequest, head: UInt64) {
    guard let loop = context?.eventLoop else { return }
    guard request.from ?? 1 <= head + 1 else {
      return fail(
        ProtocolError(.tooFarAhead, "position \(request.from ?? 1) is beyond the head, \(head)", position: head))
    }
    block()
    // Unless it follows, a replay ends there, however fast the log grows meanwhile.
    let end = min(request.to ?? UInt64.max, request.follows ? UInt64.max : head)
    let stream = ReplayStream(request, through: end, self, on: loop)
    self.stream = stream
    stream.resume()
  }
}
