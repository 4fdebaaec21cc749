import EventLog
import LineProtocol
import Logging
import NIOCore
import Synchronization

/// One connection: reads lines, answers in their order.
///
/// Appends are submitted as they are read, many at a time, and answered when they are durable. Any other request waits
/// until the appends before it are acknowledged and, where it asks the views, applied: a client reads its own writes.
/// Everything happens on the connection's event loop.
final class Session: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  let shared: LoopContext
  let peer: Peer
  /// What the peer may do.
  let right: AccessRight
  let logger: Logger

  private var framer: LineFramer
  private var lines = LineQueue()
  /// What is not sent yet because of appends that wait for their commit.
  var replies = ReplyQueue()
  private var output: [UInt8] = []
  private(set) var context: ChannelHandlerContext?

  /// Whether a request is being answered piece by piece or waits for the views.
  private var isBlocked = false
  /// Whether the channel would read, and waits until there is room.
  private(set) var isReadPending = false
  private var isProceeding = false
  /// Whether the next turn is arranged for.
  private var isTurnPending = false
  /// Whether the last turn did not suffice.
  private var wasCutShort = false
  /// The bytes of lines not begun that the event loop has counted.
  private var countedBytes = 0
  /// Bytes received, and those of replies handed to the socket.
  private(set) var (receivedBytes, sentBytes) = (0, 0)
  private var lineWatch: StallWatch?
  private var replyWatch: StallWatch?
  /// The client sends no more, but may still read.
  private var isInputClosed = false
  /// The line that was begun is no longer waited for, and none after it is read.
  private var isLineAbandoned = false
  /// The daemon stops: no further line is begun.
  private var isDraining = false
  /// No line is read any more: the client said QUIT, broke a limit, went, or the daemon stops.
  private var isClosing = false
  /// Whether the connection closes as soon as all replies are written.
  private var isEnding = false
  /// The last position acknowledged here.
  var lastAppended: UInt64 = 0
  /// The reply that is being sent piece by piece.
  var stream: (any StreamedReply)?

  init(_ shared: LoopContext, peer: Peer, right: AccessRight, logger: Logger) {
    self.shared = shared
    self.peer = peer
    self.right = right
    self.logger = logger
    framer = LineFramer(limit: shared.configuration.lineBytes)
  }

  // MARK: Channel events

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    lineWatch = watchLine(context)
    replyWatch = watchReplies(context)
  }

  func handlerRemoved(context _: ChannelHandlerContext) {
    context = nil
    stopWatching()
  }

  func channelInactive(context: ChannelHandlerContext) {
    isClosing = true
    lines.removeAll()
    countUnread()
    stream = nil
    stopWatching()
    context.fireChannelInactive()
  }

  private func stopWatching() {
    lineWatch?.stop()
    replyWatch?.stop()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    logger.debug("connection failed", metadata: ["error": "\(error)"])
    context.close(promise: nil)
  }

  func channelRead(context _: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    shared.metrics.receivedBytesTotal.add(buffer.readableBytes, ordering: .relaxed)
    receivedBytes += buffer.readableBytes
    guard !isClosing, !isLineAbandoned else { return }
    framer.append(contentsOf: buffer.readableBytesView)
    while let frame = framer.next() {
      switch frame {
      case .line(let range): lines.append(.line(Array(framer.bytes[range])))
      case .tooLong: lines.append(.tooLong)
      }
    }
    countUnread()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // Not at once: at the end of the input NIO (2.101) goes on with the channel after this call, and its debug builds
    // trap if it was closed by a QUIT or by a write that failed.
    if lines.count > 0 { arrangeTurn() }
    if waitsForLine { lineWatch?.start() }
    context.fireChannelReadComplete()
  }

  /// Whether the client has begun a line that it can still end.
  var waitsForLine: Bool { framer.holdsPartialLine && !isInputClosed && !isClosing && !isLineAbandoned }

  /// Puts a refusal in the place of the line that was begun, and drops what follows.
  func abandonLine() {
    isLineAbandoned = true
    framer = LineFramer(limit: shared.configuration.lineBytes)
    lines.append(.unfinished)
  }

  /// A client that has closed its sending side, as `printf … | socat` does, still gets its replies.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      isInputClosed = true
      proceed()
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      stream?.resume()
      proceed()
    }
    context.fireChannelWritabilityChanged()
  }

  /// Reads only while there is room for more: a client that sends faster than it is answered, or does not take its
  /// replies, waits.
  func read(context: ChannelHandlerContext) {
    if isFull { isReadPending = true } else { context.read() }
  }

  private var isFull: Bool {
    lines.bytes >= shared.configuration.unreadBytes || context?.channel.isWritable == false
      || (hasMuch && shared.unreadBytes >= shared.configuration.unreadBytesOfLoop)
  }

  /// Whether more waits to be begun than a client leaves waiting that means well by others.
  private var hasMuch: Bool { lines.bytes > shared.configuration.modestBytes }

  // MARK: Working through the lines

  /// Sends what can be sent, reads on if there is room, and arranges for a turn at the lines that wait.
  func proceed() {
    // Writing tells at once that the channel takes more, which comes here again; deeper and deeper, if it were let.
    guard !isProceeding else { return arrangeTurn() }
    isProceeding = true
    defer { isProceeding = false }
    replies.moveReady(to: &output)
    finishRound()
    if lines.count > 0, canBegin { arrangeTurn() }
  }

  /// Begins lines until the deadline has passed.
  func takeTurn(until deadline: NIODeadline) {
    isTurnPending = false
    isProceeding = true
    defer { isProceeding = false }
    wasCutShort = false
    // First, since lines may be waiting for just these.
    replies.moveReady(to: &output)
    while !wasCutShort, canBegin, let line = lines.first, take(line) {
      lines.removeFirst()
      if isClosing { lines.removeAll() }
      // Only what is handed to the socket counts against the bytes that a client may leave untaken.
      if output.count >= shared.configuration.unsentBytes / 4 { flush() }
      wasCutShort = lines.count > 0 && NIODeadline.now() >= deadline
    }
    finishRound()
    if wasCutShort, lines.count > 0 { arrangeTurn() }
  }

  /// Whether a line may be begun.
  private var canBegin: Bool {
    !isBlocked && !isDraining && replies.count < shared.configuration.appendsInFlight
      && context?.channel.isWritable ?? false
  }

  private func finishRound() {
    if isDraining, !isBlocked { refuseRest() }
    send()
    countUnread()
    if isReadPending, !isFull {
      isReadPending = false
      context?.read()
      if waitsForLine { lineWatch?.start() }
    }
  }

  private func countUnread() {
    shared.unreadBytes += lines.bytes - countedBytes
    countedBytes = lines.bytes
  }

  private func arrangeTurn() {
    guard !isTurnPending, context != nil else { return }
    isTurnPending = true
    shared.turns.append(self, isHeavy: wasCutShort || hasMuch)
  }

  /// Begins a line; false if it has to wait for those before it.
  private func take(_ line: LineQueue.Line) -> Bool {
    guard case .line(let line) = line else {
      guard replies.isEmpty else { return false }
      if case .unfinished = line {
        fail(unfinishedLine)
      } else {
        fail(ProtocolError(.lineTooLong, "a line has at most \(shared.configuration.lineBytes) bytes"))
      }
      isClosing = true
      return true
    }
    let request: Request
    do throws(ProtocolError) { request = try Request(parsing: line) } catch {
      shared.metrics.requestsTotal.add(1, ordering: .relaxed)
      fail(error)
      return true
    }
    guard request.verb.right <= right else {
      shared.metrics.requestsTotal.add(1, ordering: .relaxed)
      fail(
        ProtocolError(
          .forbidden,
          "\(request.verb.rawValue) needs the right to \(request.verb.right); the user \(peer.name) has that to \(right)"
        ))
      return true
    }
    if case .append(let append) = request {
      submit(append, line)
      return true
    }
    guard replies.isEmpty else { return false }
    shared.metrics.requestsTotal.add(1, ordering: .relaxed)
    perform(request, line)
    return true
  }

  // MARK: Answering

  /// Adds a reply behind those that are on their way.
  func answer(_ write: (inout [UInt8]) -> Void) {
    if replies.isEmpty {
      write(&output)
    } else {
      var reply: [UInt8] = []
      write(&reply)
      replies.append(reply)
    }
  }

  /// Stops taking lines until ``unblock()``.
  func block() {
    isBlocked = true
  }

  /// Does what was waited for, and goes on with the lines that waited, unless that blocks them in turn.
  func unblock(_ body: () -> Void = {}) {
    isBlocked = false
    body()
    proceed()
  }

  /// Ends the session once what is on its way is answered.
  func close() {
    isClosing = true
  }

  /// Sends the replies that are ready, and ends the session if they were the last.
  private func send() {
    flush()
    let isDone = isClosing || (isInputClosed && lines.count == 0)
    if isDone, replies.isEmpty, !isBlocked { end() }
  }

  /// Closes once all that was handed to the socket is written; closing at once would cut the last replies short.
  private func end() {
    guard !isEnding, let context else { return }
    isEnding = true
    let empty = wrapOutboundOut(context.channel.allocator.buffer(capacity: 0))
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(empty).whenComplete { _ in bound.value.close(mode: .all, promise: nil) }
  }

  /// Hands the output gathered so far to the socket.
  func flush() {
    guard !output.isEmpty, let context else { return }
    shared.metrics.sentBytesTotal.add(output.count, ordering: .relaxed)
    sentBytes += output.count
    let buffer = context.channel.allocator.buffer(bytes: output)
    output.removeAll(keepingCapacity: output.count < shared.configuration.unsentBytes)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    replyWatch?.start()
  }

  /// Answers what has been begun, refuses the rest, and closes: the daemon stops.
  func drain() {
    isDraining = true
    stream?.stop()
    proceed()
  }

  private func refuseRest() {
    for _ in 0..<lines.count { fail(ProtocolError(.shuttingDown, "the daemon is stopping")) }
    lines.removeAll()
    isClosing = true
  }
}
