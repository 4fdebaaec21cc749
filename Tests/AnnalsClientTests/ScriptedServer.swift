import Foundation
import LineProtocol
import NIOCore
import NIOPosix
import Synchronization

/// A server on a Unix socket of its own that answers as a test says.
struct ScriptedServer: Sendable {
  /// What happens on a request.
  enum Action: Sendable {
    /// This line is sent.
    case line(String)
    /// These bytes are sent, with no line end.
    case bytes(String)
    /// So many rows are sent, each only when those before it have gone out.
    case stream(rows: Int)
    /// The connection is closed once all before has gone out.
    case close
  }

  /// Asked what to do on connecting (nil) and on each request line.
  typealias Script = @Sendable (_ line: String?) -> [Action]

  /// What the server has seen and done.
  final class Record: Sendable {
    /// Request lines that have come.
    let received = Mutex<[String]>([])
    /// Rows of `stream` written so far.
    let rowsWritten = Atomic(0)
    /// Connections that have ended.
    let connectionsEnded = Atomic(0)
  }

  /// A row of `stream`.
  static let row = #"{"row":""# + String(repeating: "x", count: 290) + "\"}"

  let path: String
  let record = Record()

  /// Runs `body` with a server that follows `script`.
  static func run(_ script: @escaping Script, _ body: (ScriptedServer) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("annals-\(UUID().uuidString)").path
    let server = ScriptedServer(path: path)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { [record = server.record] channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ScriptedHandler(script, record))
        }
      }
      .bind(unixDomainSocketPath: path).get()
    do {
      try await body(server)
    } catch {
      try await listener.close().get()
      throw error
    }
    try await listener.close().get()
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// One connection of the server.
private final class ScriptedHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let script: ScriptedServer.Script
  private let record: ScriptedServer.Record
  private var framer = LineFramer()
  private var actions: [ScriptedServer.Action] = []

  init(_ script: @escaping ScriptedServer.Script, _ record: ScriptedServer.Record) {
    self.script = script
    self.record = record
  }

  func channelActive(context: ChannelHandlerContext) {
    actions += script(nil)
    act(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    framer.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    while case .line(let range) = framer.next() {
      let line = String(decoding: framer.bytes[range], as: UTF8.self)
      record.received.withLock { $0.append(line) }
      actions += script(line)
    }
    act(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) { act(context) }

  func channelInactive(context: ChannelHandlerContext) {
    actions = []
    record.connectionsEnded.add(1, ordering: .sequentiallyConsistent)
  }

  private func act(_ context: ChannelHandlerContext) {
    while context.channel.isWritable, let action = actions.first {
      actions.removeFirst()
      switch action {
      case .line(let line): write(line + "\n", context)
      case .bytes(let bytes): write(bytes, context)
      case .close: context.close(promise: nil)
      case .stream(let rows):
        if rows > 1 { actions.insert(.stream(rows: rows - 1), at: 0) }
        record.rowsWritten.add(1, ordering: .sequentiallyConsistent)
        write(ScriptedServer.row + "\n", context)
      }
    }
  }

  private func write(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }
}
