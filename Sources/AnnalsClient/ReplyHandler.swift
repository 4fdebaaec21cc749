import JSON
import LineProtocol
import NIOCore

/// Sends requests and gives each its reply, in order. Lives on the connection's thread.
final class ReplyHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  private let outbox: Outbox
  private let parser = JSONParser(maximumByteCount: LineLimits.replyLineLimit)
  private var framer = LineFramer(limit: LineLimits.replyLineLimit)

  /// Requests sent and not answered, the oldest first.
  private var requests = CircularBuffer<Outbox.Request>()
  /// Rows of the oldest request's reply; of a stream, those not yet handed on.
  private var rows: [[UInt8]] = []
  /// Whether rows of the oldest request's reply have come.
  private var isMidReply = false
  /// Whether the socket is left unread because the reader of a stream is slow.
  private var isPaused = false
  /// Whether a read was asked for meanwhile.
  private var hasHeldRead = false
  /// Why the connection ends, where that is known.
  private var failure: ClientError?

  init(outbox: Outbox) {
    self.outbox = outbox
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? ConnectionEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    sendRequests(context)
    switch event {
    case .requestsWaiting: break
    case .rowsWanted(let reply):
      if requests.first?.reply === reply { resume(context) }
    case .rowsUnwanted(let reply):
      if requests.contains(where: { $0.reply === reply }) { context.close(promise: nil) }
    }
  }

  func read(context: ChannelHandlerContext) {
    if isPaused { hasHeldRead = true } else { context.read() }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard failure == nil else { return }
    framer.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    do throws(ClientError) {
      while let frame = framer.next() {
        guard case .line(let range) = frame else {
          throw .malformedReply("a line is longer than \(LineLimits.replyLineLimit) bytes")
        }
        try take(range)
      }
      handOnRows()
    } catch {
      failure = error
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let errno = (error as? IOError)?.errnoCode
    failure = failure ?? .connectionClosed(isMidReply: isMidReply || framer.holdsPartialLine, errno: errno)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    let first = failure ?? .connectionClosed(isMidReply: isMidReply || framer.holdsPartialLine, errno: nil)
    var others = first
    if case .connectionClosed(_, let errno) = first { others = .connectionClosed(isMidReply: false, errno: errno) }
    let unsent = outbox.close(others)
    var error = first
    for request in Array(requests) + unsent {
      finish(request, with: .failure(error))
      error = others
    }
    requests.removeAll()
    context.fireChannelInactive()
  }

  private func sendRequests(_ context: ChannelHandlerContext) {
    let (bytes, taken) = outbox.take()
    guard !taken.isEmpty else { return }
    requests.append(contentsOf: taken)
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }

  /// Takes one line of a reply.
  private func take(_ range: Range<Int>) throws(ClientError) {
    let kind = StatusLine.kind(of: framer.bytes, in: range)
    guard kind != .row else {
      guard !requests.isEmpty else { throw .malformedReply("a row came without a request") }
      rows.append(Array(framer.bytes[range]))
      isMidReply = true
      return
    }
    let status = try status(in: range)
    guard !requests.isEmpty else {
      // A daemon that takes leave unasked (busy, shutting down) says why before it closes.
      throw kind == .error ? .server(ServerError(status)) : .malformedReply("a status line came without a request")
    }
    if requests[requests.startIndex].rows != nil { handOnRows() }
    let request = requests.removeFirst()
    let collected = rows
    rows = []
    isMidReply = false
    isPaused = false
    finish(
      request,
      with: kind == .ok ? .success(Reply(rows: collected, status: status)) : .failure(.server(ServerError(status))))
  }

  private func status(in range: Range<Int>) throws(ClientError) -> ReplyStatus {
    // The line alone: the document keeps its bytes, which are not to be all that came with it.
    let line = Array(framer.bytes[range])
    do throws(JSONError) {
      return ReplyStatus(try parser.parse(line))
    } catch {
      throw .malformedReply("a status line is not valid JSON: \(error)")
    }
  }

  /// Gives the rows that came to the oldest request, if it streams them.
  private func handOnRows() {
    guard !rows.isEmpty, let source = requests.first?.rows else { return }
    if case .stopProducing = source.yield(contentsOf: rows) { isPaused = true }
    rows.removeAll(keepingCapacity: true)
  }

  private func resume(_ context: ChannelHandlerContext) {
    isPaused = false
    guard hasHeldRead else { return }
    hasHeldRead = false
    context.read()
  }

  private func finish(_ request: Outbox.Request, with outcome: PendingReply.Outcome) {
    request.reply.complete(with: outcome)
    switch outcome {
    case .success: request.rows?.finish()
    case .failure(let error): request.rows?.finish(error)
    }
  }
}
