import Foundation
import LineProtocol
import NIOCore
import NIOPosix
import Synchronization

/// A daemon on a socket of its own that answers each request with the lines that a test says, and closes the connection where
/// it says nothing.
enum ScriptedDaemon {
  typealias Script = @Sendable (_ request: String) -> [String]?

  /// The requests that have come.
  final class Requests: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func append(_ line: String) { lines.withLock { $0.append(line) } }
  }

  /// Runs `body` with a daemon that follows `script`.
  static func run(_ script: @escaping Script, _ body: (String, Requests) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("annals-\(UUID().uuidString)").path
    let requests = Requests()
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ScriptedHandler(script, requests))
        }
      }
      .bind(unixDomainSocketPath: path).get()
    do {
      try await body(path, requests)
    } catch {
      try await listener.close().get()
      throw error
    }
    try await listener.close().get()
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// One connection of the daemon.
private final class ScriptedHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let script: ScriptedDaemon.Script
  private let requests: ScriptedDaemon.Requests
  private var framer = LineFramer()

  init(_ script: @escaping ScriptedDaemon.Script, _ requests: ScriptedDaemon.Requests) {
    self.script = script
    self.requests = requests
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    framer.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    while case .line(let range) = framer.next() {
      let line = String(decoding: framer.bytes[range], as: UTF8.self)
      requests.append(line)
      guard let answer = script(line) else {
        context.close(promise: nil)
        return
      }
      let text = answer.map { $0 + "\n" }.joined()
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }
  }
}
