import AnnalsClient
import Logging
import Store
import TestSupport

@testable import AnnalsServer

/// A daemon with a store of its own, in this process.
enum LiveDaemon {
  /// Runs `body` with a client of a daemon that holds these events.
  static func run(_ events: [String], _ body: (AnnalsClient) async throws -> Void) async throws {
    let folder = TemporaryFolder()
    var configuration = ServerConfiguration(dataFolder: folder.file("data"), socket: folder.file("annals.sock"))
    configuration.threads = 1
    configuration.log.mapBytes = 256 << 20
    configuration.log.writeAheadLog.segmentBytes = 1 << 20
    let store = try Store(configuration.dataFolder, options: configuration.log)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let listener = try await SocketListener(store, configuration, logger: logger)
    do {
      try await AnnalsClient.withConnection(socket: configuration.socket) { client in
        _ = try await client.append(batch: events.map { Array($0.utf8) })
        try await body(client)
      }
    } catch {
      await listener.stop()
      try store.close()
      throw error
    }
    await listener.stop()
    try store.close()
  }
}
