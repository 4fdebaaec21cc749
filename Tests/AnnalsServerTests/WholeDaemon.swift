import ServiceLifecycle
import Testing

@testable import AnnalsServer

/// The daemon as a service, with its lock and with what it tells its manager, in this process.
enum WholeDaemon {
  /// Runs it until `body` ends.
  static func serve(
    _ configuration: ServerConfiguration, manager: ServiceNotification? = nil, _ body: () async throws -> Void
  ) async throws {
    let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
    let service = DaemonService(configuration, logger: TestDaemon.logger, manager: manager) { _ in isReady.finish() }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [ServiceGroupConfiguration.ServiceConfiguration(service: service)], logger: TestDaemon.logger))
    async let running: Void = {
      defer { isReady.finish() }
      try await group.run()
    }()
    for await _ in ready {}
    do { try await body() } catch {
      await group.triggerGracefulShutdown()
      try await running
      throw error
    }
    await group.triggerGracefulShutdown()
    try await running
  }

  /// Expects that a daemon answers there.
  static func expectAnswer(at path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let reply = try RawConnection(path).ask("PING")
    #expect(reply.code == nil, sourceLocation: sourceLocation)
  }
}
