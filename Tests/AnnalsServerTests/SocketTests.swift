import Foundation
import Store
import TestSupport
import Testing

@testable import AnnalsServer

@Suite struct SocketTests {
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
    // As a daemon that is killed leaves it.
    try BoundSocket(path).close()
    #expect(throws: RawConnection.Failure.self) { try RawConnection(path) }
    try await WholeDaemon.serve(TestDaemon.configuration(in: folder)) {
      try WholeDaemon.expectAnswer(at: path)
    }
  }

  @Test(arguments: [false, true])
  func a_second_daemon_on_the_same_socket_is_refused_while_the_first_lives(sharesData: Bool) async throws {
    let folder = TemporaryFolder()
    let first = TestDaemon.configuration(in: folder)
    var second = first
    if !sharesData { second.dataFolder = folder.file("other") }
    try await WholeDaemon.serve(first) {
      let error = await #expect(throws: ListenError.self) { try await WholeDaemon.serve(second) {} }
      guard case .inUse(first.socket) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try WholeDaemon.expectAnswer(at: first.socket)
      #expect(!FileManager.default.fileExists(atPath: folder.file("other")))
    }
    try await WholeDaemon.serve(second) { try WholeDaemon.expectAnswer(at: second.socket) }
  }

  @Test func a_second_daemon_on_the_same_data_is_refused_whatever_its_socket() async throws {
    let folder = TemporaryFolder()
    let first = TestDaemon.configuration(in: folder)
    var second = first
    second.socket = folder.file("other.sock")
    try await WholeDaemon.serve(first) {
      await #expect(throws: (any Error).self) { try await WholeDaemon.serve(second) {} }
      #expect(!FileManager.default.fileExists(atPath: second.socket))
      try WholeDaemon.expectAnswer(at: first.socket)
    }
  }

  @Test func a_file_that_is_no_socket_is_left_as_it_is() async throws {
    let folder = TemporaryFolder()
    let configuration = TestDaemon.configuration(in: folder)
    try Data("precious".utf8).write(to: URL(filePath: configuration.socket))
    let error = await #expect(throws: ListenError.self) { try await WholeDaemon.serve(configuration) {} }
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
    let error = await #expect(throws: ListenError.self) { try await WholeDaemon.serve(configuration) {} }
    guard case .pathTooLong(configuration.socket, limit: 107) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
