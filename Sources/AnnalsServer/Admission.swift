import Accounts
import EventLog
import LineProtocol
import Logging
import NIOCore

/// Gives each connection that is accepted its session, or tells it why it gets none.
final class Admission: Sendable {
  private let loops: [ObjectIdentifier: NIOLoopBound<LoopContext>]
  private let sessions: Sessions
  private let users = ConnectionsByUser()
  private let metrics: ServerMetrics
  private let configuration: ServerConfiguration
  private let logger: Logger

  /// - Parameter loops: the context of every event loop that connections come on.
  init(
    _ loops: [ObjectIdentifier: NIOLoopBound<LoopContext>], _ sessions: Sessions, _ metrics: ServerMetrics,
    _ configuration: ServerConfiguration, _ logger: Logger
  ) {
    self.loops = loops
    self.sessions = sessions
    self.metrics = metrics
    self.configuration = configuration
    self.logger = logger
  }

  /// Sets up a connection on its event loop.
  func admit(_ channel: any Channel) -> EventLoopFuture<Void> {
    guard let shared = loops[ObjectIdentifier(channel.eventLoop)] else {
      preconditionFailure("a connection on an event loop of another group")
    }
    let metrics = metrics
    let open = metrics.connections.add(1, ordering: .relaxed).newValue
    metrics.connectionsTotal.add(1, ordering: .relaxed)
    channel.closeFuture.whenComplete { _ in metrics.connections.subtract(1, ordering: .relaxed) }
    let limit = configuration.connections
    guard open <= limit else {
      return channel.eventLoop.makeCompletedFuture {
        try self.refuseBusy(channel, "there are \(limit) connections already", limit: limit, self.logger)
      }
    }
    return PeerCredentials.of(channel).flatMapThrowing { credentials in
      try self.admit(channel, credentials.uid, shared.value)
    }
  }

  private func admit(_ channel: any Channel, _ uid: UInt32, _ shared: LoopContext) throws {
    let peer = Peer(name: UserName.of(uid) ?? "uid:\(uid)")
    var logger = logger
    logger[metadataKey: "peer"] = "\(peer.name)"
    guard let right = configuration.access.right(of: uid) else {
      metrics.connectionsForbiddenTotal.add(1, ordering: .relaxed)
      logger.warning("a peer without any right")
      return try Self.refuse(
        channel,
        ProtocolError(.forbidden, "the user \(peer.name) has no right here, not even to query; ask who runs the daemon")
      )
    }
    let (limit, users) = (configuration.connectionsPerUser, users)
    let open = users.enter(uid)
    channel.closeFuture.whenComplete { _ in users.leave(uid) }
    guard open <= limit else {
      return try refuseBusy(channel, "\(peer.name) has \(limit) connections already", limit: limit, logger)
    }
    let session = Session(shared, peer: peer, right: right, logger: logger)
    try channel.pipeline.syncOperations.addHandler(session)
    let bound = NIOLoopBound(session, eventLoop: channel.eventLoop)
    let sessions = sessions
    let number = sessions.add(channel) { bound.value.drain() }
    channel.closeFuture.whenComplete { _ in sessions.remove(number) }
  }

  private func refuseBusy(_ channel: any Channel, _ why: String, limit: Int, _ logger: Logger) throws {
    metrics.connectionsRefusedTotal.add(1, ordering: .relaxed)
    logger.warning("too many connections", metadata: ["limit": "\(limit)"])
    try Self.refuse(channel, ProtocolError(.busy, "\(why); try again shortly"))
  }

  private static func refuse(_ channel: any Channel, _ error: ProtocolError) throws {
    try channel.pipeline.syncOperations.addHandler(RefusalHandler(error))
  }
}
