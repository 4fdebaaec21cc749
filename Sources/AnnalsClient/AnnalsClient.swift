import LineProtocol
import NIOCore
import NIOPosix

/// A connection to the Annals daemon over its Unix socket.
///
///     try await AnnalsClient.withConnection(socket: "/run/annals/annals.sock") { client in
///       let receipt = try await client.append(event)
///       for try await row in try client.rows("QUERY meetings between=Q7747,Q15031") { … }
///     }
///
/// Requests are pipelined: any number of tasks may use one client, and one task may have any number of requests under
/// way with `submit`. All that are submitted before the connection's thread gets to write go out in one write. Replies
/// come in the order of the requests. The protocol is described in schema/line-protocol.md.
public final class AnnalsClient: Sendable {
  private let channel: any Channel
  private let outbox: Outbox

  private init(channel: any Channel, outbox: Outbox) {
    self.channel = channel
    self.outbox = outbox
  }

  /// Closes the connection when nobody uses it any more and no reply is under way.
  deinit {
    channel.close(promise: nil)
  }

  /// Connects to the daemon at the socket with this path.
  ///
  /// - Throws: `ClientError.cannotConnect`.
  public static func connect(socket path: String) async throws(ClientError) -> AnnalsClient {
    let outbox = Outbox()
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ReplyHandler(outbox: outbox))
        }
      }
    do {
      return AnnalsClient(channel: try await bootstrap.connect(unixDomainSocketPath: path).get(), outbox: outbox)
    } catch {
      throw .cannotConnect(socket: path, errno: errorNumber(of: error))
    }
  }

  /// Connects, lends the client to `body`, and closes the connection when that ends, however it ends.
  public static func withConnection<Result>(
    socket path: String, isolation: isolated (any Actor)? = #isolation,
    _ body: (AnnalsClient) async throws -> Result
  ) async throws -> Result {
    let client = try await connect(socket: path)
    do {
      let result = try await body(client)
      await client.close()
      return result
    } catch {
      await client.close()
      throw error
    }
  }

  /// Closes the connection. Replies still under way end in `ClientError.connectionClosed`.
  public func close() async {
    // Closing fails only where the connection is closed already.
    try? await channel.close().get()
  }

  /// Sends a request and waits for its reply with all rows, which are kept in memory: for long replies there is `rows`.
  ///
  /// - Parameter line: verb, arguments and body, without line end.
  public func send(_ line: String) async throws(ClientError) -> Reply {
    try await submit(line).value
  }

  /// Sends a request and does not wait.
  ///
  /// - Parameter line: verb, arguments and body, without line end.
  /// - Throws: `ClientError.invalidRequest`, or why the connection is closed.
  public func submit(_ line: String) throws(ClientError) -> PendingReply {
    try submit(utf8: Array(line.utf8))
  }

  /// Sends a request given as UTF-8 and does not wait.
  ///
  /// - Parameter line: verb, arguments and body, without line end.
  /// - Throws: `ClientError.invalidRequest`, or why the connection is closed.
  public func submit(utf8 line: [UInt8]) throws(ClientError) -> PendingReply {
    let reply = PendingReply()
    try add(Outbox.Request(client: self, reply: reply, rows: nil), line: line)
    return reply
  }

  /// Sends a request and gives its rows as they come: for replies that are long, or have no end (`REPLAY follow=yes`).
  ///
  /// - Parameter line: verb, arguments and body, without line end.
  /// - Throws: `ClientError.invalidRequest`, or why the connection is closed.
  public func rows(_ line: String) throws(ClientError) -> RowStream {
    let reply = PendingReply()
    let new = RowStream.Rows.makeSequence(
      backPressureStrategy: .init(lowWatermark: RowStream.lowWatermark, highWatermark: RowStream.highWatermark),
      finishOnDeinit: true, delegate: RowDemand(channel: channel, reply: reply))
    try add(Outbox.Request(client: self, reply: reply, rows: new.source), line: Array(line.utf8))
    return RowStream(rows: new.sequence, ending: reply)
  }

  /// `value` as an argument's value in a request line: in quotes where it has blanks, quotes or commas in it.
  public static func quoted(_ value: String) -> String {
    var bytes: [UInt8] = []
    RequestEncoder.append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func add(_ request: Outbox.Request, line: [UInt8]) throws(ClientError) {
    // An empty line gets no reply, and a line break would make two requests of one.
    guard !line.isEmpty else { throw .invalidRequest("the line is empty.") }
    guard !line.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else {
      throw .invalidRequest("the line has a line break in it; write a request on one line.")
    }
    if try outbox.add(request, line: line) {
      channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.requestsWaiting)
    }
  }

  private static func errorNumber(of error: any Error) -> Int32 {
    switch error {
    case let error as IOError: error.errnoCode
    case is SocketAddressError: ENAMETOOLONG
    default: ETIMEDOUT
    }
  }
}
