import Foundation
import Testing

@testable import AnnalsServer

/// Clients that stop in the middle of something, and those that only seem to.
@Suite struct StallTests {
  private static func run(seconds: Int64 = 1, _ body: (TestDaemon) async throws -> Void) async throws {
    try await TestDaemon.run(
      { configuration in
        configuration.lineSeconds = seconds
        configuration.readSeconds = seconds
      }, body)
  }

  @Test(arguments: ["P", "APPEND {\"source\":\"a\"", "PING\nPING\nQUERY enti", "\r", " "])
  func a_line_that_is_not_ended_is_refused_in_its_turn_and_the_connection_closed(half: String) async throws {
    try await Self.run { daemon in
      let client = try daemon.connect()
      let start = ContinuousClock.now
      try client.send(half)
      let replies = try await offPool { try client.remainingReplies() }
      #expect(ContinuousClock.now - start >= .seconds(1))
      let whole = half.count { $0 == "\n" }
      #expect(replies.map(\.code) == Array(repeating: nil, count: whole) + ["bad_request"])
      #expect(replies.last?.text("message")?.contains(" 1 s") == true)
      #expect(try daemon.metric("annals_connections_stalled_total") == 1)
      try daemon.expectService()
    }
  }

  @Test func a_line_that_comes_slowly_is_waited_for() async throws {
    try await Self.run(seconds: 4) { daemon in
      let client = try daemon.connect()
      let event = TestDaemon.event("a")
      let reply = try await offPool {
        for piece in ["APPEND ", String(event.prefix(20)), String(event.dropFirst(20))] {
          try client.send(piece)
          Thread.sleep(forTimeInterval: 1.5)
        }
        return try client.ask("")
      }
      #expect(reply.positions == [1])
    }
  }

  @Test func a_connection_with_nothing_in_progress_may_be_idle() async throws {
    try await Self.run { daemon in
      let (silent, served, follower) = (try daemon.connect(), try daemon.connect(), try daemon.connect())
      #expect(try served.ask("STATUS").code == nil)
      try follower.send("REPLAY follow=yes\n")
      try await Task.sleep(for: .seconds(3))
      for client in [silent, served] { #expect(try client.ask("PING").code == nil) }
      try daemon.append([TestDaemon.event("a")])
      let followed = try await offPool { try follower.line() }
      #expect(followed?.contains("\"position\":1") == true)
      #expect(try daemon.metric("annals_connections_stalled_total") == 0)
    }
  }

  @Test func a_client_that_takes_no_reply_is_closed_and_harms_nobody() async throws {
    try await Self.run { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      try client.send("REPLAY\nREPLAY\nREPLAY\n")
      // Nothing wakes the daemon here but its own clock.
      while try daemon.metric("annals_connections_stalled_total") == 0 { try await Task.sleep(for: .milliseconds(50)) }
      try daemon.expectService()
      let taken = try await offPool { try client.remainingLines() }
      #expect(taken.count < 12_003)
    }
  }

  @Test func a_client_that_takes_replies_slowly_gets_them_all() async throws {
    try await Self.run(seconds: 4) { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      let replies = try await offPool {
        try client.send("QUERY entities limit=4000\nREPLAY\nQUIT\n")
        var lines: [String] = []
        // Each time more than the kernel keeps, so that the daemon sees that something is taken.
        while let line = try client.line() {
          lines.append(line)
          if lines.count.isMultiple(of: 2_000) { Thread.sleep(forTimeInterval: 1.5) }
        }
        return lines
      }
      #expect(replies.count == 8_003)
      #expect(try daemon.metric("annals_connections_stalled_total") == 0)
    }
  }

  @Test func half_a_line_that_the_daemon_does_not_read_yet_is_not_held_against_the_client() async throws {
    try await TestDaemon.run { configuration in
      configuration.lineSeconds = 1
      configuration.unsentBytes = 16 << 10
      configuration.unreadBytes = 16 << 10
    } _: { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      // The replies fill what may be unsent; the daemon stops reading, somewhere in a line.
      let count = 2_000
      try client.send("REPLAY\n" + String(repeating: "PING\n", count: count))
      try await Task.sleep(for: .seconds(3))
      let replies = try await offPool { try (0...count).map { _ in try #require(try client.reply()) } }
      #expect(replies.allSatisfy { $0.code == nil })
    }
  }
}
