import Files
import Foundation
import Glibc
import TestSupport
import Testing

@testable import AnnalsServer

/// The socket that the daemon is started with (`sd_listen_fds(3)`).
@Suite struct SocketActivationTests {
  private static func passed(
    _ descriptor: Int32, at path: String, _ environment: [String: String] = ["LISTEN_PID": "7", "LISTEN_FDS": "1"]
  ) throws -> PassedSocket? {
    try SocketActivation.passedSocket(at: path, environment: { environment[$0] }, process: 7, first: descriptor)
  }

  @Test func a_passed_socket_is_served_on_and_left_as_it_was() async throws {
    let folder = TemporaryFolder()
    var configuration = TestDaemon.configuration(in: folder)
    // What the manager set stays, whatever the access list would have it be.
    configuration.access.allow(.user(4_000_000_000), .query)
    configuration.socketGroup = getegid()
    let passed = try BoundSocket(configuration.socket, listens: true)
    try #require(chmod(configuration.socket, 0o640) == 0)
    // Who comes before the daemon does waits.
    let early = try RawConnection(configuration.socket)
    try early.send("PING\n")
    // The daemon closes its descriptor; the manager has its own, as systemd does.
    let kept = dup(passed.descriptor)
    defer { close(kept) }
    for _ in 0..<2 {
      configuration.passedSocket = try Self.passed(dup(kept), at: configuration.socket)
      try await WholeDaemon.serve(configuration) {
        try WholeDaemon.expectAnswer(at: configuration.socket)
        let attributes = try FileManager.default.attributesOfItem(atPath: configuration.socket)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
      }
      #expect(FileManager.default.fileExists(atPath: configuration.socket))
    }
    #expect(try early.reply()?.code == nil)
    // Nobody serves now, and nobody is refused.
    #expect(try RawConnection(configuration.socket).send("PING\n"))
  }

  @Test(
    arguments: [
      [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "7"], ["LISTEN_PID": "8", "LISTEN_FDS": "1"],
      ["LISTEN_PID": "7", "LISTEN_FDS": "0"], ["LISTEN_PID": "", "LISTEN_FDS": "1"],
      ["LISTEN_PID": "7", "LISTEN_FDS": "one"],
    ] as [[String: String]])
  func what_was_not_passed_to_this_process_is_not_touched(environment: [String: String]) throws {
    #expect(try Self.passed(-1, at: "annals.sock", environment) == nil)
  }

  @Test func several_sockets_are_refused() throws {
    let error = #expect(throws: ListenError.self) {
      try Self.passed(3, at: "annals.sock", ["LISTEN_PID": "7", "LISTEN_FDS": "2"])
    }
    #expect(try #require(error).description.hasPrefix("2 sockets"))
  }

  @Test func what_is_no_listening_stream_socket_is_refused() throws {
    let folder = TemporaryFolder()
    let file = open(folder.file("file"), O_CREAT | O_RDWR, 0o600)
    let internet = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer {
      close(file)
      close(internet)
    }
    try #require(listen(internet, 1) == 0)
    let datagram = try BoundSocket(folder.file("datagram"), SOCK_DGRAM)
    let silent = try BoundSocket(folder.file("silent"))
    for descriptor in [-1, file, internet, datagram.descriptor, silent.descriptor] {
      let error = #expect(throws: ListenError.self) { try Self.passed(descriptor, at: folder.file("silent")) }
      guard case .passedUnfit = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test func a_socket_elsewhere_is_refused_with_both_places() throws {
    let folder = TemporaryFolder()
    let expected = folder.file("annals.sock")
    let abstract = "@annals-test-\(UUID().uuidString)"
    for (name, told) in [(folder.file("other.sock"), folder.file("other.sock")), (abstract, "no path")] {
      let passed = try BoundSocket(name, listens: true)
      let error = #expect(throws: ListenError.self) { try Self.passed(passed.descriptor, at: expected) }
      let described = try #require(error).description
      #expect(described.contains("at \(told)") && described.contains(expected))
    }
  }

  @Test func a_passed_socket_is_not_inherited_further() throws {
    let folder = TemporaryFolder()
    let passed = try BoundSocket(folder.file("annals.sock"), listens: true)
    #expect(fcntl(passed.descriptor, F_GETFD) & FD_CLOEXEC == 0)
    let socket = try #require(PassedSocket(descriptor: passed.descriptor))
    #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }
}
