import Testing

@testable import AnnalsServer

@Suite struct VanishingClientTests {
  @Test(arguments: [
    "PI", "APPEND {\"source\":\"a\"", "APPEND \(TestDaemon.event("a"))", "QUERY entities\nAPPEND [", "\r", "\"",
  ])
  func half_a_line_and_the_end_is_no_request(half: String) async throws {
    try await TestDaemon.run { daemon in
      for isHalfClosed in [false, true] {
        let client = try daemon.connect()
        try client.send(half)
        if isHalfClosed {
          client.closeSending()
          #expect(try client.remainingLines().allSatisfy { !$0.contains("positions") })
        }
        client.close()
      }
      #expect(try daemon.connect().ask("STATUS").number("head") == 0)
      try daemon.expectService()
    }
  }

  @Test func clients_that_go_in_the_middle_of_a_reply_harm_nobody() async throws {
    try await TestDaemon.run { configuration in
      configuration.unsentBytes = 16 << 10
    } _: { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      for round in 0..<60 {
        let client = try daemon.connect()
        try client.send(["REPLAY\n", "REPLAY follow=yes\n", "QUERY entities limit=4000\nQUIT\n"][round % 3])
        for _ in 0..<(round * 7 % 50) { _ = try client.line() }
        client.close()
      }
      try daemon.expectService()
      try Self.expectNoConnectionsLeft(daemon)
    }
  }

  @Test func an_append_whose_client_has_gone_is_recorded_whole_or_not_at_all() async throws {
    let size = 20
    try await TestDaemon.run { daemon in
      for round in 0..<60 {
        let client = try daemon.connect()
        let batch = (0..<size).map { TestDaemon.event("e\(round)-\($0)") }.joined(separator: ",")
        try client.send("APPEND [\(batch)]\n")
        client.close()
      }
      try daemon.expectService()
      try Self.expectNoConnectionsLeft(daemon)
      let ids = try daemon.connect().ask("REPLAY").column("id").compactMap(\.self).filter { $0.contains("-") }
      let rounds = Dictionary(grouping: ids.filter { $0.hasPrefix("\"e") }) { $0.prefix { $0 != "-" } }
      for (_, events) in rounds where events[0].split(separator: "-").count == 2 {
        #expect(events.count == size)
      }
      #expect(try daemon.metric("annals_bytes_in_flight") == 0)
    }
  }

  @Test func followers_that_go_are_forgotten_though_nothing_is_appended() async throws {
    try await TestDaemon.run { daemon in
      var followers = try (0..<30).map { _ in try daemon.connect() }
      for follower in followers { try follower.send("REPLAY follow=yes\n") }
      for follower in followers { follower.close() }
      followers = []
      try Self.expectNoConnectionsLeft(daemon)
      try daemon.expectService()
    }
  }

  /// Waits until the daemon has noticed that all have gone; a daemon that never does hangs the test.
  private static func expectNoConnectionsLeft(_ daemon: TestDaemon) throws {
    while try daemon.metric("annals_connections") > 1 { continue }
  }
}
