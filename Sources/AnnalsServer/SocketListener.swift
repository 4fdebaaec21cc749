import Audit
import EventLog
import Glibc
import Logging
import NIOCore
import NIOPosix
import Store
import Synchronization

/// Accepts connections on the Unix socket and gives each its session.
///
/// Sessions are channel handlers and not tasks: a line is read, parsed and validated where it arrives, and a group commit
/// comes back to each event loop in one hop. With a task for each connection the hops between executor, event loop and
/// committing thread would cost more than the work.
final class SocketListener: Sendable {
  /// Longest path of a Unix socket in bytes, the terminating NUL not counted (`sockaddr_un.sun_path`).
  private static let longestPath = 107

  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel
  private let configuration: ServerConfiguration
  private let sessions: Sessions
  private let logger: Logger

  /// What sessions do beside the event loops. It goes on after ``stop()`` until it is waited for.
  let background = BackgroundWork()

  init(
    _ store: Store, _ configuration: ServerConfiguration, signer: CheckpointSigner?, logger: Logger
  ) async throws {
    guard configuration.socket.utf8.count <= Self.longestPath else {
      throw ListenError.pathTooLong(configuration.socket, limit: Self.longestPath)
    }
    let threads = configuration.threads > 0 ? configuration.threads : System.coreCount
    let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    let metrics = ServerMetrics()
    let started = configuration.log.clock()
    var contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>] = [:]
    let background = background
    for loop in group.makeIterator() {
      contexts[ObjectIdentifier(loop)] = try await loop.submit {
        let context = LoopContext(
          store, configuration, metrics, on: loop, started: started, signer: signer, background: background)
        return NIOLoopBound(context, eventLoop: loop)
      }.get()
    }
    let sessions = Sessions()
    let admission = Admission(contexts, sessions, metrics, configuration, logger)
    self.group = group
    self.configuration = configuration
    self.sessions = sessions
    self.logger = logger
    do {
      let bootstrap = ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 256)
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .childChannelOption(
          .writeBufferWaterMark, value: .init(low: configuration.unsentBytes / 4, high: configuration.unsentBytes)
        )
        .childChannelInitializer { channel in
          admission.admit(channel)
        }
      if let passed = configuration.passedSocket {
        channel = try await bootstrap.withBoundSocket(passed.descriptor).get()
      } else {
        // The lock beside the socket is held, so one that is there was left behind.
        channel = try await bootstrap.bind(
          unixDomainSocketPath: configuration.socket, cleanupExistingSocketFile: true
        ).get()
        try Self.open(configuration)
      }
    } catch is UnixDomainSocketPathWrongType {
      try await group.shutdownGracefully()
      throw ListenError.notASocket(configuration.socket)
    } catch {
      try await group.shutdownGracefully()
      throw error
    }
  }

  /// Lets those in that the access list names. A socket is made with mode 0777 less the umask (`unix(7)`), and whoever may
  /// write to it may connect: it is the owner's alone until its group is set.
  private static func open(_ configuration: ServerConfiguration) throws {
    if let group = configuration.socketGroup {
      guard chown(configuration.socket, uid_t.max, group) == 0 else { throw IOError(errnoCode: errno, reason: "chown") }
    }
    guard chmod(configuration.socket, configuration.socketMode) == 0 else {
      throw IOError(errnoCode: errno, reason: "chmod")
    }
  }

  /// Stops accepting, removes the socket unless it was passed, lets every session answer what it has begun, and closes.
  func stop() async {
    try? await channel.close()
    if configuration.passedSocket == nil { unlink(configuration.socket) }
    let closed = sessions.drainAll()
    let limit = TimeAmount.seconds(configuration.drainSeconds)
    let loop = group.next()
    let all = EventLoopFuture.andAllComplete(closed.map(\.closeFuture), on: loop)
    let timeout = loop.scheduleTask(in: limit) {
      for channel in closed { channel.close(promise: nil) }
    }
    try? await all.get()
    timeout.cancel()
    do { try await group.shutdownGracefully() } catch {
      logger.error("event loops did not stop", metadata: ["error": "\(error)"])
    }
  }
}

/// The sessions that are open, so that all can be told when the daemon stops.
final class Sessions: Sendable {
  private struct Entry {
    let drain: @Sendable () -> Void
    let channel: any Channel
  }

  private struct State {
    var entries: [UInt64: Entry] = [:]
    var last: UInt64 = 0
    var isDraining = false
  }

  private let state = Mutex(State())

  /// Adds a session; `drain` is run on its event loop when the daemon stops.
  func add(_ channel: any Channel, drain: @escaping @Sendable () -> Void) -> UInt64 {
    let (number, isLate) = state.withLock { state in
      state.last += 1
      state.entries[state.last] = Entry(drain: drain, channel: channel)
      return (state.last, state.isDraining)
    }
    if isLate { channel.eventLoop.execute(drain) }
    return number
  }

  func remove(_ number: UInt64) {
    _ = state.withLock { $0.entries.removeValue(forKey: number) }
  }

  /// Has every session answer what it has begun and close; gives their channels.
  func drainAll() -> [any Channel] {
    let entries = state.withLock { state in
      state.isDraining = true
      return Array(state.entries.values)
    }
    for entry in entries { entry.channel.eventLoop.execute(entry.drain) }
    return entries.map(\.channel)
  }
}
