import TestSupport
import Testing

@testable import AnnalsServer

@Suite struct ShutdownTests {
  @Test func a_graceful_stop_answers_what_was_begun_and_keeps_what_it_acknowledged() async throws {
    let folder = TemporaryFolder()
    let count = 400
    var acknowledged: [Int64] = []
    try await TestDaemon.run(in: folder) { daemon in
      let client = try daemon.connect()
      try client.send((1...count).map { "APPEND \(TestDaemon.event("e\($0)"))\n" }.joined())
      acknowledged += try #require(try client.reply()?.positions)
      async let stopping: Void = daemon.stop()
      var isRefused = false
      for reply in try await offPool({ try client.remainingReplies() }) {
        if let positions = reply.positions {
          #expect(!isRefused)
          acknowledged += positions
        } else {
          #expect(reply.code == "shutting_down" && reply.status["retry"]?.bool == true)
          isRefused = true
        }
      }
      try await stopping
      #expect(throws: RawConnection.Failure.self) { try daemon.connect() }
    }
    #expect(acknowledged == (1...Int64(acknowledged.count)).map(\.self))
    try await TestDaemon.run(in: folder) { daemon in
      let ids = try daemon.connect().ask("REPLAY").column("id").compactMap(\.self)
      #expect(ids.prefix(acknowledged.count) == acknowledged.map { "\"e\($0)\"" }.prefix(ids.count))
    }
  }

  @Test func a_reply_that_was_begun_is_sent_to_its_end() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append((1...1_200).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      try client.send("QUERY entities limit=1200\n")
      let first = try #require(try client.line())
      async let stopping: Void = daemon.stop()
      let replies = try await offPool { try client.remainingReplies() }
      #expect(first.hasPrefix("{\"key\""))
      #expect(replies.map(\.rows.count) == [1_199] && replies[0].code == nil)
      try await stopping
    }
  }

  @Test func a_client_that_takes_nothing_is_cut_off_in_the_end() async throws {
    try await TestDaemon.run { configuration in
      configuration.drainSeconds = 1
    } _: { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      try client.send("REPLAY\nREPLAY\nREPLAY\n")
      _ = try client.line()
      try await daemon.stop()
      #expect(try client.remainingLines().count < 12_003)
    }
  }

  @Test func idle_connections_end_at_once() async throws {
    try await TestDaemon.run { daemon in
      let clients = try (0..<20).map { _ in try daemon.connect() }
      for client in clients { #expect(try client.ask("PING").code == nil) }
      try await daemon.stop()
      for client in clients { #expect(try client.line() == nil) }
    }
  }
}
