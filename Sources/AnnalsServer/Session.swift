import Claims
import EventLog
import JSON
import LineProtocol
import Logging
import NIOCore
import Projections
import Store
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

  /// A reply in the making, in request order.
  private struct Slot {
    let isBatch: Bool
    /// The reply; nil while an append waits for its commit.
    var reply: [UInt8]?
  }

  let shared: LoopContext
  let peer: Peer
  let logger: Logger

  private var framer: LineFramer
  private var lines: [[UInt8]] = []
  private var nextLine = 0
  private var unreadBytes = 0
  private var slots: [Slot] = []
  private var firstSlot: UInt64 = 0
  private var output: [UInt8] = []
  private(set) var context: ChannelHandlerContext?

  /// Whether a request is being answered piece by piece or waits for the views.
  private var isBlocked = false
  private var isReadPending = false
  /// No line is read any more: the client said QUIT, broke a limit, went, or the daemon stops.
  private var isClosing = false
  /// The last position acknowledged here.
  private(set) var lastAppended: UInt64 = 0
  var replay: ReplayStream?

  init(_ shared: LoopContext, peer: Peer, logger: Logger) {
    self.shared = shared
    self.peer = peer
    self.logger = logger
    framer = LineFramer(limit: shared.configuration.lineBytes)
  }

  // MARK: Channel events

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context _: ChannelHandlerContext) {
    context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    isClosing = true
    lines = []
    nextLine = 0
    replay = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    logger.debug("connection failed", metadata: ["error": "\(error)"])
    context.close(promise: nil)
  }

  func channelRead(context _: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    shared.metrics.receivedBytesTotal.add(buffer.readableBytes, ordering: .relaxed)
    guard !isClosing else { return }
    framer.append(contentsOf: buffer.readableBytesView)
    while let frame = framer.next() {
      switch frame {
      case .line(let range):
        let line = Array(framer.bytes[range])
        unreadBytes += line.count
        lines.append(line)
      case .tooLong:
        lines.append(Self.tooLong)
      }
    }
  }

  /// Stands in the queue for a line over the limit, which no real line can equal: lines have no line feed.
  private static let tooLong: [UInt8] = [UInt8(ascii: "\n")]

  func channelReadComplete(context: ChannelHandlerContext) {
    proceed()
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      if let replay { replay.resume() }
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
    unreadBytes >= shared.configuration.unreadBytes || context?.channel.isWritable == false
  }

  // MARK: Working through the lines

  /// Begins what can begin, sends what can be sent, and reads on if there is room.
  func proceed() {
    while !isBlocked, nextLine < lines.count {
      guard slots.count < shared.configuration.appendsInFlight, context?.channel.isWritable ?? false else { break }
      let line = lines[nextLine]
      guard take(line) else { break }
      nextLine += 1
      unreadBytes -= line.count
      if isClosing {
        lines = []
        nextLine = 0
      }
    }
    if nextLine == lines.count, nextLine > 0 {
      lines.removeAll(keepingCapacity: lines.count < 1_024)
      nextLine = 0
    }
    send()
    if isReadPending, !isFull {
      isReadPending = false
      context?.read()
    }
  }

  /// Begins a line; false if it has to wait for those before it.
  private func take(_ line: [UInt8]) -> Bool {
    if line == Self.tooLong {
      guard slots.isEmpty else { return false }
      fail(ProtocolError(.lineTooLong, "a line has at most \(shared.configuration.lineBytes) bytes"))
      isClosing = true
      return true
    }
    let request: Request
    do throws(ProtocolError) { request = try Request(parsing: line) } catch {
      answer { StatusLine.append(error, to: &$0) }
      count(error)
      return true
    }
    if case .append(let append) = request {
      submit(append, line)
      return true
    }
    guard slots.isEmpty else { return false }
    shared.metrics.requestsTotal.add(1, ordering: .relaxed)
    perform(request)
    return true
  }

  // MARK: Appending

  private func submit(_ append: LineProtocol.AppendRequest, _ line: [UInt8]) {
    shared.metrics.requestsTotal.add(1, ordering: .relaxed)
    do throws(ProtocolError) {
      let events = try events(append, line)
      let inFlight = shared.metrics.bytesInFlight.load(ordering: .relaxed)
      guard inFlight + line.count <= shared.configuration.bytesInFlight else {
        throw ProtocolError(.busy, "too much waits to be recorded; try again shortly")
      }
      shared.metrics.bytesInFlight.add(line.count, ordering: .relaxed)
      slots.append(Slot(isBatch: append.isBatch, reply: nil))
      let token = shared.receiver.expect(self, slot: firstSlot + UInt64(slots.count) - 1, bytes: line.count)
      shared.store.log.append(
        AppendBatch(events, ifHead: append.ifHead, ifSubject: append.ifSubject, by: peer), token: token,
        to: shared.receiver)
    } catch {
      answer { StatusLine.append(error, to: &$0) }
      count(error)
    }
  }

  private func events(
    _ append: LineProtocol.AppendRequest, _ line: [UInt8]
  ) throws(ProtocolError) -> [PreparedEvent] {
    let root: JSONValue
    do throws(JSONError) { root = try shared.parser.parse(line, in: append.body).root } catch {
      throw ProtocolError(error)
    }
    let values = append.isBatch ? Array(root.elements) : [root]
    guard !values.isEmpty else { throw ProtocolError(.badRequest, "the batch is empty", pointer: "") }
    var events: [PreparedEvent] = []
    events.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      do throws(EventError) { events.append(try PreparedEvent(value)) } catch {
        throw ProtocolError(error, index: append.isBatch ? index : nil)
      }
    }
    return events
  }

  /// Takes the outcome of an append. ``proceed()`` follows once all outcomes of the commit are in.
  func finish(_ slot: UInt64, _ outcome: Result<AppendOutcome, AppendError>, bytes: Int) {
    shared.metrics.bytesInFlight.subtract(bytes, ordering: .relaxed)
    let index = Int(slot - firstSlot)
    var reply: [UInt8] = []
    switch outcome {
    case .success(let outcome):
      lastAppended = max(lastAppended, outcome.positions.max() ?? 0)
      shared.metrics.appendedEventsTotal.add(outcome.positions.count - outcome.duplicates, ordering: .relaxed)
      shared.metrics.duplicateEventsTotal.add(outcome.duplicates, ordering: .relaxed)
      StatusLine.append(
        positions: outcome.positions.span, head: outcome.head, duplicates: outcome.duplicates, to: &reply)
    case .failure(let error):
      let refusal = ProtocolError(error, isBatch: slots[index].isBatch)
      count(refusal)
      StatusLine.append(refusal, to: &reply)
    }
    slots[index].reply = reply
  }

  // MARK: Answering

  /// Adds a reply behind those that are on their way.
  func answer(_ write: (inout [UInt8]) -> Void) {
    if slots.isEmpty {
      write(&output)
    } else {
      var reply: [UInt8] = []
      write(&reply)
      slots.append(Slot(isBatch: false, reply: reply))
    }
  }

  /// Adds an error reply and counts it.
  func fail(_ error: ProtocolError) {
    count(error)
    answer { StatusLine.append(error, to: &$0) }
  }

  private func count(_ error: ProtocolError) {
    shared.metrics.errorsTotal.add(1, ordering: .relaxed)
    let level: Logger.Level = error.code == .internal ? .error : .debug
    logger.log(level: level, "request refused", metadata: ["code": "\(error.code.rawValue)", "message": "\(error.message)"])
  }

  /// Stops taking lines until ``unblock()``.
  func block() {
    isBlocked = true
  }

  /// Goes on with the lines that waited.
  func unblock() {
    isBlocked = false
    proceed()
  }

  /// Ends the session once what is on its way is answered.
  func close() {
    isClosing = true
  }

  /// Sends what is ready: replies in order, as many as there are without a gap.
  private func send() {
    var ready = 0
    for slot in slots {
      guard let reply = slot.reply else { break }
      output.append(contentsOf: reply)
      ready += 1
    }
    if ready > 0 {
      slots.removeFirst(ready)
      firstSlot += UInt64(ready)
    }
    flush()
    if isClosing, slots.isEmpty, !isBlocked { context?.close(mode: .all, promise: nil) }
  }

  /// Hands the output gathered so far to the socket.
  func flush() {
    guard !output.isEmpty, let context else { return }
    shared.metrics.sentBytesTotal.add(output.count, ordering: .relaxed)
    let buffer = context.channel.allocator.buffer(bytes: output)
    output.removeAll(keepingCapacity: output.count < shared.configuration.unsentBytes)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  /// Answers what has been submitted, refuses the rest, and closes: the daemon stops.
  func drain() {
    let refused = lines.count - nextLine
    lines = []
    nextLine = 0
    replay?.stop()
    for _ in 0..<refused { fail(ProtocolError(.shuttingDown, "the daemon is stopping")) }
    isClosing = true
    send()
  }
}
