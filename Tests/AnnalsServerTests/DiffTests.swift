import Testing

@testable import AnnalsServer

/// `DIFF` over the socket.
@Suite struct DiffTests {
  /// What `QUERY` says of two positions, compared here.
  private static func differing(
    _ client: RawConnection, _ view: String, _ filters: String, _ from: Int64, _ to: Int64
  ) throws -> Set<String> {
    func rows(_ position: Int64) throws -> [String: String] {
      let reply = try client.ask("QUERY \(view) \(filters) as-of=\(position) at=2026-02-05 limit=10000")
      let keys = try reply.column("key").map { try #require($0) }
      return Dictionary(uniqueKeysWithValues: zip(keys, reply.rows))
    }
    let (before, after) = (try rows(from), try rows(to))
    return Set(Set(before.keys).union(after.keys).filter { before[$0] != after[$0] })
  }

  @Test func a_difference_is_that_of_the_answers_as_of_both_positions() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let head = Int64(daemon.store.log.head)
      for view in ["timeline", "visits", "trade-volume", "entities"] {
        for (from, to) in [(0, head), (30, 60), (head - 5, head), (head, head), (0, 0)] {
          let reply = try client.ask("DIFF \(view) from=\(from) to=\(to)")
          let keys = try reply.column("key").map { try #require($0) }
          #expect(try Set(keys) == Self.differing(client, view, "", from, to), "\(view) from \(from) to \(to)")
          #expect(keys.count == Set(keys).count)
          #expect(reply.statusLine == #"{"ok":true,"count":\#(keys.count),"from":\#(from),"to":\#(to)}"#)
        }
      }
    }
  }

  @Test func before_and_after_are_the_rows_and_the_causes_the_positions_that_changed_them() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      try daemon.append([TestDaemon.event("a"), TestDaemon.event("b")])
      let named = #"{"source":"s","id":"n","type":"entity.named","data":{"entity":"a","name":"Z","lang":"en"}}"#
      try daemon.append([named])
      let old = try client.ask("QUERY entities as-of=2 entity=a").rows
      let new = try client.ask("QUERY entities entity=a").rows
      #expect(
        try client.ask("DIFF entities from=2").rows == [
          #"{"key":"a","before":\#(old[0]),"after":\#(new[0]),"causes":[3]}"#
        ])
      let whole = try client.ask("DIFF entities from=0 to=3")
      #expect(try whole.column("before") == ["null", "null"])
      #expect(try whole.column("causes") == ["[1,3]", "[2]"])
    }
  }

  @Test func a_filter_is_satisfied_by_the_row_before_or_the_row_after() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let head = Int64(daemon.store.log.head)
      for filter in ["between=Q7747,Q15031", #"with="شي جين بينغ""#, "type=claim.call", "min-attributors=1"] {
        let reply = try client.ask("DIFF timeline \(filter) from=40")
        let keys = try reply.column("key").map { try #require($0) }
        #expect(try Set(keys) == Self.differing(client, "timeline", filter, 40, head), "\(filter)")
        #expect(!keys.isEmpty, "\(filter)")
      }
    }
  }

  @Test func times_mean_the_positions_they_mean_elsewhere() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append([TestDaemon.event("a")])
      try daemon.append([TestDaemon.event("b")])
      let client = try daemon.connect()
      let time = try #require(try client.ask("GET position=1").column("recordedtime").first??.dropFirst().dropLast())
      #expect(try client.ask("DIFF entities from=1999-12-31T23:59:59Z to=\(time)").number("from") == 0)
      #expect(try client.ask("DIFF entities from=0 to=\(time)").number("to") == 1)
    }
  }

  @Test(arguments: [
    ("DIFF meetings from=2 to=1", "bad_request", "position 2, lies behind"),
    ("DIFF meetings from=4", "too_far_ahead", "beyond the head"),
    ("DIFF meetings from=1 to=18446744073709551615", "too_far_ahead", "beyond the head"),
    ("DIFF meetngs from=1", "unknown_view", "'meetings'"),
    ("DIFF meetings from=1 betwen=a,b", "unknown_argument", "'between'"),
    ("DIFF meetings from=1 limit=5", "unknown_argument", "known are"),
    ("DIFF meetings from=1 at=2026-02-05", "unknown_argument", "DIFF of meetings"),
    ("DIFF treaties from=1 state=in-force", "unknown_argument", "DIFF of treaties"),
    ("DIFF meetings from=1 between=a", "bad_request", "two parties"),
  ])
  func what_cannot_be_compared_is_refused(line: String, code: String, fragment: String) async throws {
    try await TestDaemon.run { daemon in
      try daemon.append((1...3).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      let reply = try client.ask(line)
      #expect(reply.code == code)
      #expect(reply.text("message")?.contains(fragment) == true, "\(reply.statusLine)")
      #expect(try client.ask("PING").code == nil)
    }
  }

  @Test func one_reads_its_own_writes() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      for number in 1...30 {
        try client.send("APPEND \(TestDaemon.event("e\(number)"))\nDIFF entities from=\(number - 1)\n")
        #expect(try client.reply()?.code == nil)
        #expect(try client.reply()?.number("count") == 1)
      }
    }
  }

  @Test func a_client_that_does_not_read_a_long_difference_holds_up_nobody_else() async throws {
    try await TestDaemon.run { configuration in
      configuration.threads = 1
      configuration.unsentBytes = 16 << 10
    } _: { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let slow = try daemon.connect()
      try slow.send("DIFF entities from=0\nPING\n")
      for _ in 0..<10 { try daemon.expectService() }
      let reply = try #require(try slow.reply())
      #expect(reply.rows.count == 4_000 && reply.number("to") == 4_000)
      #expect(try slow.reply()?.text("version") != nil)
    }
  }

  @Test func a_daemon_that_stops_says_so_in_the_middle_of_a_difference() async throws {
    try await TestDaemon.run { configuration in
      configuration.threads = 1
      configuration.unsentBytes = 16 << 10
    } _: { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let slow = try daemon.connect()
      try slow.send("DIFF entities from=0\n")
      #expect(try slow.line()?.hasPrefix(#"{"key":"e1""#) == true)
      async let stopping: Void = daemon.stop()
      let replies = try await offPool { try slow.remainingReplies() }
      try await stopping
      #expect(replies.count == 1)
      #expect(replies.first?.code == "shutting_down" || replies.first?.number("count") == 4_000)
    }
  }
}
