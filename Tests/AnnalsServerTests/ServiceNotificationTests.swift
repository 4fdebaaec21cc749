import EventLog
import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

@testable import AnnalsServer

/// What the service manager hears (`sd_notify(3)`).
@Suite struct ServiceNotificationTests {
  /// The manager's patience in these tests; it is told anew three times within.
  private static let patience = "300000"

  private static func notification(_ environment: [String: String]) -> ServiceNotification? {
    ServiceNotification(environment: { environment[$0] }, process: 7, logger: TestDaemon.logger)
  }

  private static func batch() throws -> AppendBatch {
    let event = try JSONParser().parse(Array(TestDaemon.event("a").utf8)).root
    return AppendBatch([try PreparedEvent(event)], by: Peer(name: "tests"))
  }

  @Test(arguments: [false, true])
  func it_hears_that_the_daemon_is_ready_works_and_stops(isAbstract: Bool) async throws {
    let folder = TemporaryFolder()
    let name = isAbstract ? "@annals-test-\(UUID().uuidString)" : folder.file("notify")
    let manager = try BoundSocket(name, SOCK_DGRAM)
    let notification = try #require(
      Self.notification(["NOTIFY_SOCKET": name, "WATCHDOG_USEC": Self.patience, "WATCHDOG_PID": "7"]))
    try await WholeDaemon.serve(TestDaemon.configuration(in: folder), manager: notification) {
      #expect(manager.receive() == "READY=1")
      for _ in 0..<4 { try await manager.expect("WATCHDOG=1") }
    }
    var rest: [String] = []
    while rest.last != "STOPPING=1", let state = manager.receive() { rest.append(state) }
    #expect(rest.dropLast().allSatisfy { $0 == "WATCHDOG=1" } && rest.last == "STOPPING=1")
  }

  @Test func without_a_watchdog_none_is_fed() async throws {
    let folder = TemporaryFolder()
    let manager = try BoundSocket(folder.file("notify"), SOCK_DGRAM)
    let notification = try #require(Self.notification(["NOTIFY_SOCKET": folder.file("notify")]))
    try await WholeDaemon.serve(TestDaemon.configuration(in: folder), manager: notification) {
      #expect(manager.receive() == "READY=1")
      let fed = try await offPool { manager.receive(within: 0.3) }
      #expect(fed == nil)
    }
    #expect(manager.receive() == "STOPPING=1")
  }

  @Test(
    arguments: [
      ([:], nil), (["WATCHDOG_USEC": "3000000"], .seconds(1)),
      (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"], .seconds(1)),
      (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"], nil), (["WATCHDOG_USEC": "0"], nil),
      (["WATCHDOG_USEC": "-1"], nil), (["WATCHDOG_USEC": "soon"], nil),
    ] as [([String: String], Duration?)])
  func the_watchdog_is_fed_thrice_in_the_time_it_waits(environment: [String: String], pause: Duration?) throws {
    let environment = environment.merging(["NOTIFY_SOCKET": "/run/notify"]) { $1 }
    #expect(try #require(Self.notification(environment)).watchdogPause == pause)
  }

  @Test(arguments: [nil, "", "vsock:2:1234", "relative"] as [String?])
  func without_a_socket_to_tell_nothing_is_told(socket: String?) {
    #expect(Self.notification(socket.map { ["NOTIFY_SOCKET": $0] } ?? [:]) == nil)
  }

  @Test func a_manager_that_does_not_listen_stops_nothing() async throws {
    let folder = TemporaryFolder()
    for name in [folder.file("absent"), "/" + String(repeating: "n", count: 200)] {
      let notification = try #require(Self.notification(["NOTIFY_SOCKET": name, "WATCHDOG_USEC": Self.patience]))
      let configuration = TestDaemon.configuration(in: folder)
      try await WholeDaemon.serve(configuration, manager: notification) {
        try WholeDaemon.expectAnswer(at: configuration.socket)
      }
    }
  }

  @Test func the_watchdog_starves_while_the_committing_thread_hangs_and_is_fed_when_it_goes_on() async throws {
    try await TestDaemon.run { daemon in
      let manager = try BoundSocket(daemon.folder.file("notify"), SOCK_DGRAM)
      let notification = try #require(
        Self.notification(["NOTIFY_SOCKET": daemon.folder.file("notify"), "WATCHDOG_USEC": Self.patience]))
      let log = daemon.store.log
      let feeding = Task { await notification.feedWatchdog(log) }
      try await manager.expect("WATCHDOG=1")
      let hanging = HangingReceiver()
      log.append(try Self.batch(), token: 1, to: hanging)
      try await offPool { hanging.waitUntilHanging() }
      // What was under way when it began to hang, and not one more.
      let heard = try await offPool { (0..<3).map { _ in manager.receive(within: 0.7) } }
      #expect(heard.last == .some(nil), "\(heard)")
      // Queries go on all the while: a sign of life from there would mislead.
      #expect(try daemon.connect().ask("PING").code == nil)
      hanging.goOn()
      try await manager.expect("WATCHDOG=1")
      feeding.cancel()
      await feeding.value
    }
  }

  @Test func feeding_ends_when_it_is_cancelled_though_the_committing_thread_hangs() async throws {
    try await TestDaemon.run { daemon in
      let notification = try #require(
        Self.notification(["NOTIFY_SOCKET": daemon.folder.file("notify"), "WATCHDOG_USEC": Self.patience]))
      let hanging = HangingReceiver()
      daemon.store.log.append(try Self.batch(), token: 1, to: hanging)
      try await offPool { hanging.waitUntilHanging() }
      let log = daemon.store.log
      let feeding = Task { await notification.feedWatchdog(log) }
      feeding.cancel()
      await feeding.value
      hanging.goOn()
    }
  }
}

/// Holds up the thread that brings it an outcome, as a disk that does not answer would.
private final class HangingReceiver: AppendReceiver {
  private let hanging = DispatchSemaphore(value: 0)
  private let released = DispatchSemaphore(value: 0)

  func appended(_: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    hanging.signal()
    released.wait()
  }

  func waitUntilHanging() { hanging.wait() }

  func goOn() { released.signal() }
}
