import EventLog
import Files
import Glibc
import Logging
import ServiceLifecycle
import Store

/// The daemon: opens the store, serves it on a Unix socket, and on SIGTERM or SIGINT answers what it has begun and stops.
///
/// Under systemd it tells when it is ready, when it stops and that it works, and serves on the socket it was given.
package enum AnnalsDaemon {
  /// Runs until a signal.
  ///
  /// - Parameter onReady: called once connections are accepted, with the log's last position.
  /// - Throws: `EventLogError` where the store cannot be opened, ``ListenError`` where the socket cannot be bound, or the
  ///   one that was passed cannot be served on.
  package static func run(
    _ configuration: ServerConfiguration, logger: Logger, onReady: @escaping @Sendable (_ head: UInt64) -> Void
  ) async throws {
    // New files and the socket are the owner's alone from the moment they exist; a mode set afterwards would be late.
    umask(0o077)
    signal(SIGPIPE, SIG_IGN)
    let environment = { (name: String) in getenv(name).map { String(cString: $0) } }
    var configuration = configuration
    configuration.passedSocket = try SocketActivation.passedSocket(
      at: configuration.socket, environment: environment, process: getpid())
    let manager = ServiceNotification(environment: environment, process: getpid(), logger: logger)
    let service = DaemonService(configuration, logger: logger, manager: manager, onReady: onReady)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [ServiceGroupConfiguration.ServiceConfiguration(service: service)],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }
}

/// The store and its listener as one service.
struct DaemonService: Service {
  private let configuration: ServerConfiguration
  private let logger: Logger
  private let manager: ServiceNotification?
  private let onReady: @Sendable (UInt64) -> Void

  init(
    _ configuration: ServerConfiguration, logger: Logger, manager: ServiceNotification? = nil,
    onReady: @escaping @Sendable (UInt64) -> Void
  ) {
    self.configuration = configuration
    self.logger = logger
    self.manager = manager
    self.onReady = onReady
  }

  func run() async throws {
    // Two daemons on one socket path are told apart before either touches a store or the other's socket.
    let socketLock = try SocketLock(configuration.socket, fileSystem: configuration.log.fileSystem)
    let store = try open()
    report(store.log.opening)
    let keeper = configuration.checkpoints.map { CheckpointKeeper(store, $0, configuration.log, logger: logger) }
    let listener: SocketListener
    do {
      listener = try await SocketListener(store, configuration, signer: keeper?.signer, logger: logger)
    } catch {
      try store.close()
      throw error
    }
    logger.info(
      "serving", metadata: ["socket": "\(configuration.socket)", "data": "\(configuration.dataFolder)"])
    manager?.tell(.ready)
    onReady(store.log.head)
    let keeping = Task { await keeper?.run() }
    let feeding = Task { await manager?.feedWatchdog(store.log) }
    try? await gracefulShutdown()
    logger.info("stopping")
    manager?.tell(.stopping)
    keeping.cancel()
    await keeping.value
    await listener.stop()
    if listener.background.count > 0 { logger.info("waiting for a backup or a checkpoint to end") }
    listener.background.wait()
    store.log.beginClosing()
    try? store.log.waitUntilApplied(store.log.head)
    keeper?.keep()
    feeding.cancel()
    await feeding.value
    try store.close()
    withExtendedLifetime(socketLock) {}
    logger.info("stopped", metadata: ["head": "\(store.log.head)"])
  }

  /// Opens the store, and finishes an erasure that a crash interrupted: what was ordered to be gone is not served.
  private func open() throws -> Store {
    let store = try Store(configuration.dataFolder, options: configuration.log)
    guard try !store.openErasures().isEmpty else { return store }
    try store.close()
    logger.warning("an erasure was begun and not finished; finishing it, which builds all views anew")
    let positions = try StoreErasure.finish(configuration.dataFolder, options: configuration.log)
    logger.warning("erased", metadata: ["positions": "\(positions)"])
    return try Store(configuration.dataFolder, options: configuration.log)
  }

  private func report(_ opening: EventLog.Opening) {
    logger.info(
      "opened",
      metadata: [
        "head": "\(opening.head)", "epoch": "\(opening.epoch)", "log": "\(opening.logID)",
        "replayed": "\(opening.head - opening.appliedBefore)",
      ])
    if let cut = opening.recovery.cut {
      logger.warning(
        "a torn tail was cut off the write-ahead log; nothing of it had been acknowledged",
        metadata: ["bytes": "\(cut.byteCount)", "place": "\(cut.place)", "kept": "\(cut.keptAs)"])
    }
  }
}
