import AnnalsClient
import EventLog
import Foundation
import Logging
import Store
import Synchronization
import TestSupport
import Testing

@testable import AnnalsServer

/// A store in a folder of its own, served on a socket of its own, in this process.
final class TestDaemon: Sendable {
  /// Bytes of a segment: small, since a segment's file is made in full.
  private static let segmentBytes = 1 << 20

  let folder: TemporaryFolder
  let configuration: ServerConfiguration
  let store: Store
  private let listener: SocketListener
  private let isStopped = Atomic(false)

  var socket: String { configuration.socket }

  static func configuration(in folder: TemporaryFolder) -> ServerConfiguration {
    var configuration = ServerConfiguration(dataFolder: folder.file("data"), socket: folder.file("annals.sock"))
    configuration.threads = 2
    configuration.log.mapBytes = 1 << 30
    configuration.log.writeAheadLog.segmentBytes = segmentBytes
    return configuration
  }

  static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private init(
    _ folder: TemporaryFolder, _ configuration: ServerConfiguration, _ store: Store, _ listener: SocketListener
  ) {
    self.folder = folder
    self.configuration = configuration
    self.store = store
    self.listener = listener
  }

  /// Serves the folder while `body` runs; `body` may stop the daemon itself.
  static func run(
    in folder: TemporaryFolder = TemporaryFolder(), _ configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (TestDaemon) async throws -> Void
  ) async throws {
    var configuration = configuration(in: folder)
    configure(&configuration)
    let store = try Store(configuration.dataFolder, options: configuration.log)
    let keeper = configuration.checkpoints.map { CheckpointKeeper(store, $0, configuration.log, logger: logger) }
    let listener = try await SocketListener(store, configuration, signer: keeper?.signer, logger: logger)
    let daemon = TestDaemon(folder, configuration, store, listener)
    do { try await body(daemon) } catch {
      try await daemon.stop()
      throw error
    }
    try await daemon.stop()
  }

  /// Stops as on a signal.
  func stop() async throws {
    guard !isStopped.exchange(true, ordering: .relaxed) else { return }
    await listener.stop()
    try store.close()
  }

  func connect() throws -> RawConnection { try RawConnection(socket) }

  /// Expects that a new client is served: the daemon lives, answers, and records.
  func expectService(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let client = try connect()
    #expect(try client.ask("PING").code == nil, sourceLocation: sourceLocation)
    let receipt = try client.ask("APPEND \(Self.event(UUID().uuidString))")
    #expect(receipt.code == nil, sourceLocation: sourceLocation)
    #expect(try client.ask("QUERY entities limit=1").code == nil, sourceLocation: sourceLocation)
  }

  /// The value of a metric.
  func metric(_ name: String) throws -> Int64 {
    let reply = try connect().ask("METRICS")
    let row = try zip(reply.column("name"), reply.column("value")).first { $0.0 == "\"\(name)\"" }
    return try #require(row?.1.flatMap { Int64($0) })
  }

  // MARK: Events

  static let source = "annals/tests"

  /// An entity with this id, as an event with the same id.
  static func event(_ id: String, name: String = "A name") -> String {
    #"{"source":"\#(source)","id":"\#(id)","type":"entity.declared","subject":"\#(id)","data":{"entity":"\#(id)","#
      + #""kind":"organisation","names":{"en":["\#(name)"]}}}"#
  }

  /// The sample record: what five articles say of China and Russia.
  static func sampleRecord() throws -> [String] {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../schema/examples/sino-russian.ndjson")
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// Appends events in batches that fit a line, and waits until every connection sees them.
  func append(_ events: [String]) throws {
    let client = try connect()
    for start in stride(from: 0, to: events.count, by: 500) {
      let batch = events[start..<min(start + 500, events.count)].joined(separator: ",")
      try #require(try client.ask("APPEND [\(batch)]").code == nil)
    }
    try store.log.waitUntilApplied(store.log.head)
  }
}
