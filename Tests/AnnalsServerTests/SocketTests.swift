import Foundation
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import AnnalsServer

@Suite struct SocketTests {
  /// Runs the whole daemon, lock included, until `body` ends.
  private static func serve(_ configuration: ServerConfiguration, _ body: () async throws -> Void) async throws {
    let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
    let service = DaemonService(configuration, logger: TestDaemon.logger) { _ in isReady.finish() }
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

  private static func expectAnswer(at path: String) throws {
    #expect(try RawConnection(path).ask("PING").code == nil)
  }

  @Test func the_socket_is_for_its_owner_alone_and_goes_with_the_daemon() async throws {
    let folder = TemporaryFolder()
    try await TestDaemon.run(in: folder) { daemon in
      let mode = try FileManager.default.attributesOfItem(atPath: daemon.socket)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("annals.sock")))
  }

  @Test func a_socket_left_behind_is_taken_over() async throws {
    let folder = TemporaryFolder()
    let path = folder.file("annals.sock")
    try Self.leaveSocket(at: path)
    #expect(throws: RawConnection.Failure.self) { try RawConnection(path) }
    try await Self.serve(TestDaemon.configuration(in: folder)) {
      try Self.expectAnswer(at: path)
    }
  }

  /// Binds a socket and closes it, as a daemon that is killed does.
  private static func leaveSocket(at path: String) throws {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { Glibc.close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
  }

  @Test(arguments: [false, true])
  func a_second_daemon_on_the_same_socket_is_refused_while_the_first_lives(sharesData: Bool) async throws {
    let folder = TemporaryFolder()
    let first = TestDaemon.configuration(in: folder)
    var second = first
    if !sharesData { second.dataFolder = folder.file("other") }
    try await Self.serve(first) {
      let error = await #expect(throws: ListenError.self) { try await Self.serve(second) {} }
      guard case .inUse(first.socket) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try Self.expectAnswer(at: first.socket)
      #expect(!FileManager.default.fileExists(atPath: folder.file("other")))
    }
    try await Self.serve(second) { try Self.expectAnswer(at: second.socket) }
  }

  @Test func a_second_daemon_on_the_same_data_is_refused_whatever_its_socket() async throws {
    let folder = TemporaryFolder()
    let first = TestDaemon.configuration(in: folder)
    var second = first
    second.socket = folder.file("other.sock")
    try await Self.serve(first) {
      await #expect(throws: (any Error).self) { try await Self.serve(second) {} }
      #expect(!FileManager.default.fileExists(atPath: second.socket))
      try Self.expectAnswer(at: first.socket)
    }
  }

  @Test func a_file_that_is_no_socket_is_left_as_it_is() async throws {
    let folder = TemporaryFolder()
    let configuration = TestDaemon.configuration(in: folder)
    try Data("precious".utf8).write(to: URL(filePath: configuration.socket))
    let error = await #expect(throws: ListenError.self) { try await Self.serve(configuration) {} }
    guard case .notASocket(configuration.socket) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try Data(contentsOf: URL(filePath: configuration.socket)) == Data("precious".utf8))
    // The refused daemon let go of the data: another may have it.
    try Store(configuration.dataFolder, options: configuration.log).close()
  }

  @Test func a_path_too_long_for_a_socket_is_refused_with_the_limit() async throws {
    let folder = TemporaryFolder()
    var configuration = TestDaemon.configuration(in: folder)
    configuration.socket = folder.file(String(repeating: "s", count: 120))
    let error = await #expect(throws: ListenError.self) { try await Self.serve(configuration) {} }
    guard case .pathTooLong(configuration.socket, limit: 107) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
