import AnnalsClient
import Audit
import Foundation
import Logging
import Merkle
import Store
import TestSupport

@testable import AnnalsServer

/// A daemon with a store of its own, in this process.
enum LiveDaemon {
  /// With which every daemon here signs.
  static let key = Result { try SigningKey.generate(name: "example.org/annals") }

  /// The events of the schema's example record.
  static let sample: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "schema/examples/sino-russian.ndjson")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }()

  /// Runs `body` with a client of a daemon that holds these events.
  static func run(_ events: [String], _ body: (AnnalsClient) async throws -> Void) async throws {
    try await run(events) { client, _ in try await body(client) }
  }

  /// Runs `body` with a client of a daemon that holds these events, and its socket.
  static func run(_ events: [String], _ body: (AnnalsClient, String) async throws -> Void) async throws {
    let folder = TemporaryFolder()
    var configuration = ServerConfiguration(dataFolder: folder.file("data"), socket: folder.file("annals.sock"))
    configuration.threads = 1
    configuration.log.mapBytes = 256 << 20
    configuration.log.writeAheadLog.segmentBytes = 1 << 20
    let store = try Store(configuration.dataFolder, options: configuration.log)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let signer = CheckpointSigner(store, key: try key.get(), folder: CheckpointFolder(folder.file("checkpoints")))
    let listener = try await SocketListener(store, configuration, signer: signer, logger: logger)
    do {
      try await AnnalsClient.withConnection(socket: configuration.socket) { client in
        if !events.isEmpty { _ = try await client.append(batch: events.map { Array($0.utf8) }) }
        try await body(client, configuration.socket)
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
