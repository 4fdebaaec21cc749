import Testing

@testable import AnnalsServer

@Suite struct LimitTests {
  @Test(arguments: [false, true])
  func a_connection_over_the_limit_is_told_busy_and_those_before_are_served(isOfOneUser: Bool) async throws {
    try await TestDaemon.run { configuration in
      if isOfOneUser { configuration.connectionsPerUser = 3 } else { configuration.connections = 3 }
    } _: { daemon in
      var clients = try (0..<3).map { _ in try daemon.connect() }
      for client in clients { #expect(try client.ask("PING").code == nil) }
      for _ in 0..<5 {
        let refused = try daemon.connect()
        let reply = try #require(try refused.reply())
        #expect(reply.code == "busy" && reply.status["retry"]?.bool == true)
        #expect(try refused.line() == nil)
      }
      for client in clients { #expect(try client.ask("PING").code == nil) }
      clients.removeLast().close()
      // The daemon learns of the end in its own time.
      var isServed = false
      while !isServed {
        let client = try daemon.connect()
        try client.send("PING\n")
        isServed = try client.reply()?.code == nil
      }
      #expect(try clients[0].ask("STATUS").code == nil)
    }
  }

  @Test func appends_over_the_bytes_in_flight_are_told_busy_and_succeed_when_sent_again() async throws {
    let events = (1...100).map { TestDaemon.event("e\($0)") }
    try await TestDaemon.run { configuration in
      configuration.bytesInFlight = 600
    } _: { daemon in
      let client = try daemon.connect()
      var waiting = events
      while !waiting.isEmpty {
        try client.send(waiting.map { "APPEND \($0)\n" }.joined())
        let replies = try waiting.map { _ in try #require(try client.reply()) }
        #expect(replies[0].code == nil)
        #expect(replies.allSatisfy { $0.code == nil || ($0.code == "busy" && $0.status["retry"]?.bool == true) })
        waiting = zip(waiting, replies).filter { $0.1.code != nil }.map(\.0)
      }
      #expect(try client.ask("STATUS").number("head") == 100)
      #expect(try daemon.metric("annals_bytes_in_flight") == 0)
      try daemon.expectService()
    }
  }

  @Test func a_client_that_never_reads_is_read_no_more_and_costs_no_more_than_the_limits() async throws {
    // Bytes that the kernel keeps for a socket, each way (`net.core.wmem_default`), with much to spare.
    let kernelBytes = 1 << 20
    let limit = 64 << 10
    try await TestDaemon.run { configuration in
      configuration.threads = 1
      configuration.unsentBytes = limit
      configuration.unreadBytes = limit
    } _: { daemon in
      try daemon.append((1...100).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      let line = Array("QUERY entities\n".utf8)
      let flood = Array(repeatElement(line, count: 4_096).joined())
      let before = try daemon.metric("annals_sent_bytes_total")
      var sent = 0
      var stalls = 0
      while sent < 64 << 20, stalls < 3 {
        let count = client.sendWhatFits(Array(flood[(sent % line.count)...]), waitMilliseconds: 200)
        sent += count
        if count == 0 { stalls += 1 }
      }
      #expect(sent < limit + 2 * kernelBytes)
      let handed = try daemon.metric("annals_sent_bytes_total") - before
      #expect(handed < limit + 2 * kernelBytes)
      try daemon.expectService()
      // And nothing is lost: whoever reads late gets every reply.
      let whole = sent / line.count
      for _ in 0..<whole { #expect(try client.reply()?.rows.count ?? 0 >= 100) }
    }
  }

  @Test func very_many_very_short_lines_behind_a_long_reply_are_not_all_read() async throws {
    let limit = 64 << 10
    try await TestDaemon.run { configuration in
      configuration.unreadBytes = limit
    } _: { daemon in
      let client = try daemon.connect()
      let before = try daemon.metric("annals_received_bytes_total")
      try client.send("REPLAY follow=yes\n")
      let flood = Array(repeatElement(Array("x\n".utf8), count: 65_536).joined())
      var stalls = 0
      var sent = 0
      while sent < 64 << 20, stalls < 3 {
        let count = client.sendWhatFits(flood, waitMilliseconds: 200)
        sent += count
        if count == 0 { stalls += 1 }
      }
      // One turn of reading may pass the limit by as much as it reads.
      #expect(try daemon.metric("annals_received_bytes_total") - before < 1 << 20)
      try daemon.expectService()
    }
  }

  @Test func a_greedy_client_leaves_turns_to_others() async throws {
    try await TestDaemon.run { configuration in
      configuration.threads = 1
    } _: { daemon in
      try daemon.append((1...50).map { TestDaemon.event("e\($0)") })
      let (greedy, modest) = (try daemon.connect(), try daemon.connect())
      #expect(try modest.ask("PING").code == nil)
      let count = 3_000
      try greedy.send(String(repeating: "EXPLAIN meetings key=none\n", count: count))
      #expect(try modest.ask("PING").code == nil)
      for _ in 0..<count { #expect(try greedy.reply()?.code == "not_found") }
    }
  }
}
