import LineProtocol
import NIOCore
import NIOPosix

/// Connections that send requests and measure how long each takes to be answered: a new one for each answer, so that as many
/// as there may be are under way.
///
/// Requests are made and answers read on one event loop, without tasks: the hops between a task and the loop would cost more than
/// the daemon's own work, and take it the processor.
final class Load<Maker: RequestMaker> {
  /// How long a load goes on.
  struct Timing: Sendable {
    /// Seconds before anything is counted.
    var warmUp = 0.0
    /// Seconds measured; nil for as long as there are requests.
    var seconds: Double?
  }

  fileprivate let outstanding: Int
  private var maker: Maker
  private let timing: Timing
  private let promise: EventLoopPromise<(Measurement, Maker)>
  private var handlers: [LoadHandler<Maker>] = []
  private var running = 0
  private var isOver = false

  private var countsFrom = NIODeadline.now()
  private var ends: NIODeadline?
  /// From when on units are counted, and when the last of them was done.
  private var first: NIODeadline?
  private var last = NIODeadline.now()
  private var units = 0
  private var samples: [Int] = []

  private init(
    _ maker: Maker, outstanding: Int, timing: Timing, promise: EventLoopPromise<(Measurement, Maker)>
  ) {
    (self.maker, self.outstanding, self.timing, self.promise) = (maker, outstanding, timing, promise)
  }

  /// Runs a load to its end.
  ///
  /// - Parameters:
  ///   - socket: of the daemon.
  ///   - group: whose first loop runs it.
  ///   - clients: connections.
  ///   - outstanding: requests that each has under way.
  /// - Returns: what was measured, and the maker as it was left.
  /// - Throws: ``CommandFailure`` where a request is refused or answered by too few rows, or the connection is lost.
  static func run(
    _ maker: Maker, at socket: String, on group: MultiThreadedEventLoopGroup, clients: Int, outstanding: Int,
    timing: Timing
  ) async throws -> (Measurement, Maker) {
    let loop = group.next()
    let promise = loop.makePromise(of: (Measurement, Maker).self)
    let bound = try await loop.submit {
      NIOLoopBound(Load(maker, outstanding: outstanding, timing: timing, promise: promise), eventLoop: loop)
    }.get()
    var channels: [any Channel] = []
    do {
      for _ in 0..<clients { channels.append(try await connect(socket, loop, bound)) }
    } catch {
      promise.fail(CommandFailure(.unreachable, "The daemon at \(socket) cannot be reached: \(error)"))
    }
    if channels.count == clients { loop.execute { bound.value.start() } }
    do {
      let outcome = try await promise.futureResult.get()
      for channel in channels { try? await channel.close() }
      return outcome
    } catch {
      for channel in channels { try? await channel.close() }
      throw error
    }
  }

  private static func connect(
    _ socket: String, _ loop: any EventLoop, _ load: NIOLoopBound<Load>
  ) async throws -> any Channel {
    try await ClientBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = LoadHandler(load.value)
          load.value.handlers.append(handler)
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .connect(unixDomainSocketPath: socket).get()
  }

  private func start() {
    let now = NIODeadline.now()
    countsFrom = now + .nanoseconds(Int64(timing.warmUp * 1e9))
    ends = timing.seconds.map { countsFrom + .nanoseconds(Int64($0 * 1e9)) }
    // With an end by time the first answer begins the count, so that no part of a request is counted as a whole.
    if ends == nil { first = now }
    running = handlers.count
    for handler in handlers { handler.start() }
  }

  /// The next request; nil where the load is over.
  fileprivate func next(at now: NIODeadline) -> (line: [UInt8], units: Int)? {
    if isOver { return nil }
    if let ends, now >= ends { return nil }
    return maker.next()
  }

  /// Takes a reply that went well.
  fileprivate func answered(_ units: Int, rows: Int, sent: NIODeadline, at now: NIODeadline) {
    if let expected = maker.rows, rows < expected {
      fail(
        .refused, "An answer has \(rows) rows where there should be \(expected): load more events (--events) first.")
    }
    guard now >= countsFrom else { return }
    samples.append(Int((now - sent).nanoseconds))
    if first == nil { first = now } else { self.units += units }
    last = now
  }

  /// A connection has nothing under way any more.
  fileprivate func finished() {
    running -= 1
    guard running == 0, !isOver else { return }
    isOver = true
    let nanoseconds = first.map { Int((last - $0).nanoseconds) } ?? 0
    promise.succeed(
      (Measurement(count: units, nanoseconds: nanoseconds, latencies: Latencies(samples)), maker))
  }

  /// Ends the load.
  fileprivate func fail(_ status: ProgramStatus, _ message: String) {
    guard !isOver else { return }
    isOver = true
    promise.fail(CommandFailure(status, message))
  }
}

/// A connection of a load.
private final class LoadHandler<Maker: RequestMaker>: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let load: Load<Maker>
  private var framer = LineFramer(limit: LineLimits.replyLineLimit)
  private var underWay = CircularBuffer<(sent: NIODeadline, units: Int)>()
  private var rows = 0
  private var context: ChannelHandlerContext?

  init(_ load: Load<Maker>) {
    self.load = load
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func start() {
    guard let context else { return load.fail(.unreachable, "The daemon closed the connection.") }
    for _ in 0..<load.outstanding where !send(context, at: .now()) { break }
    context.flush()
    if underWay.isEmpty { load.finished() }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    framer.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    let now = NIODeadline.now()
    var sentAny = false
    while let frame = framer.next() {
      guard case .line(let range) = frame else { return load.fail(.refused, "A line of the daemon is too long.") }
      switch StatusLine.kind(of: framer.bytes, in: range) {
      case .row: rows += 1
      case .error: return load.fail(.refused, String(decoding: framer.bytes[range], as: UTF8.self))
      case .ok:
        guard let request = underWay.popFirst() else { return load.fail(.refused, "An answer came unasked.") }
        load.answered(request.units, rows: rows, sent: request.sent, at: now)
        rows = 0
        if send(context, at: now) { sentAny = true } else if underWay.isEmpty { load.finished() }
      }
    }
    if sentAny { context.flush() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    load.fail(.unreachable, "The daemon closed the connection.")
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    load.fail(.unreachable, "The connection to the daemon failed: \(error)")
    context.close(promise: nil)
  }

  /// Sends the next request, without a flush; gives whether there was one.
  private func send(_ context: ChannelHandlerContext, at now: NIODeadline) -> Bool {
    guard let (line, units) = load.next(at: now) else { return false }
    var buffer = context.channel.allocator.buffer(capacity: line.count + 1)
    buffer.writeBytes(line)
    buffer.writeInteger(UInt8(ascii: "\n"))
    // The making of it does not count.
    underWay.append((.now(), units))
    context.write(wrapOutboundOut(buffer), promise: nil)
    return true
  }
}
