import AnnalsClient
import Testing

@testable import AnnalsServer

@Suite struct ReplayTests {
  @Test func replay_gives_each_line_byte_for_byte_as_stored_and_as_get_gives_it() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let reply = try client.ask("REPLAY")
      let head = daemon.store.log.head
      #expect(reply.rows.count == Int(head))
      #expect(reply.statusLine == #"{"ok":true,"count":\#(head),"next":\#(head + 1)}"#)
      for (position, line) in zip(UInt64(1)..., reply.rows) {
        #expect(line == String(decoding: try daemon.store.line(at: position), as: UTF8.self))
        #expect(try client.ask("GET position=\(position)").rows == [line])
      }
    }
  }

  @Test func filters_choose_by_position_type_and_subject() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let all = try client.ask("REPLAY")
      let (types, subjects) = (try all.column("type"), try all.column("subject"))
      func expected(_ from: Int, _ to: Int, _ isWanted: (Int) -> Bool = { _ in true }) -> [String] {
        from > to ? [] : (from - 1..<min(to, all.rows.count)).filter(isWanted).map { all.rows[$0] }
      }
      let count = all.rows.count
      let cases: [(String, [String])] = [
        ("from=10", expected(10, count)), ("to=10", expected(1, 10)), ("from=5 to=5", expected(5, 5)),
        ("from=0", expected(1, count)), ("from=9 to=3", []), ("from=\(count + 1)", []), ("to=0", []),
        ("to=18446744073709551615", expected(1, count)),
        ("type=claim.call", expected(1, count) { types[$0] == #""claim.call""# }),
        ("type=claim.*", expected(1, count) { types[$0]?.hasPrefix(#""claim."#) == true }),
        ("type=*", expected(1, count)), ("type=claim.none", []),
        ("subject=Q15031+Q7747", expected(1, count) { subjects[$0] == #""Q15031+Q7747""# }),
        ("subject=CHN", expected(1, count) { subjects[$0] == #""CHN""# }), ("subject=nobody", []),
        (
          "from=20 to=60 type=claim.meeting subject=Q15031+Q7747",
          expected(20, 60) { types[$0] == #""claim.meeting""# && subjects[$0] == #""Q15031+Q7747""# }
        ),
      ]
      for (arguments, lines) in cases {
        let reply = try client.ask("REPLAY \(arguments)")
        #expect(reply.rows == lines, "\(arguments)")
        #expect(reply.number("count") == Int64(lines.count), "\(arguments)")
      }
    }
  }

  @Test func an_empty_log_replays_as_nothing_and_beyond_the_head_is_too_far() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      #expect(try client.ask("REPLAY").statusLine == #"{"ok":true,"count":0,"next":1}"#)
      #expect(try client.ask("REPLAY subject=x type=y.*").number("count") == 0)
      #expect(try client.ask("REPLAY from=2").code == "too_far_ahead")
      #expect(try client.ask("REPLAY from=18446744073709551615 follow=yes").code == "too_far_ahead")
    }
  }

  @Test func a_follower_gets_later_events_until_the_daemon_stops() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append([TestDaemon.event("e1")])
      let follower = try daemon.connect()
      try follower.send("REPLAY follow=yes\nPING\n")
      #expect(try follower.line()?.contains(#""position":1,"#) == true)
      let writer = try daemon.connect()
      for number in 2...40 {
        #expect(try writer.ask("APPEND \(TestDaemon.event("e\(number)"))").code == nil)
        #expect(try follower.line() == String(decoding: try daemon.store.line(at: UInt64(number)), as: UTF8.self))
      }
      async let stopping: Void = daemon.stop()
      let replies = try await offPool { try follower.remainingReplies() }
      #expect(replies.map(\.code) == ["shutting_down", "shutting_down"])
      #expect(replies[0].rows.isEmpty && replies[0].number("count") == 40 && replies[0].number("next") == 41)
      try await stopping
    }
  }

  @Test func a_follower_with_an_end_stops_there_and_the_next_request_is_answered() async throws {
    try await TestDaemon.run { daemon in
      let follower = try daemon.connect()
      try follower.send("REPLAY to=3 follow=yes type=entity.*\nPING\n")
      try daemon.append((1...5).map { TestDaemon.event("e\($0)") })
      let reply = try #require(try follower.reply())
      #expect(try reply.column("position") == ["1", "2", "3"])
      #expect(reply.number("next") == 4)
      #expect(try follower.reply()?.text("version") != nil)
    }
  }

  @Test func a_follower_of_one_subject_is_not_woken_in_vain() async throws {
    try await TestDaemon.run { daemon in
      let follower = try daemon.connect()
      try follower.send("REPLAY follow=yes subject=wanted to=200\n")
      let events = (1...199).map { TestDaemon.event("e\($0)") } + [TestDaemon.event("wanted")]
      for event in events { try daemon.append([event]) }
      let reply = try #require(try follower.reply())
      #expect(try reply.column("position") == ["200"])
      #expect(reply.number("next") == 201)
    }
  }

  @Test func a_replay_ends_at_the_head_of_its_request_though_the_log_grows() async throws {
    try await TestDaemon.run { configuration in
      configuration.threads = 1
      configuration.unsentBytes = 16 << 10
    } _: { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let slow = try daemon.connect()
      try slow.send("REPLAY\n")
      #expect(try slow.line()?.contains(#""position":1,"#) == true)
      try daemon.append((4_001...4_100).map { TestDaemon.event("e\($0)") })
      let reply = try #require(try slow.reply())
      #expect(reply.rows.count == 3_999 && reply.number("next") == 4_001)
    }
  }

  @Test(arguments: ["REPLAY", "REPLAY follow=yes"])
  func a_client_that_does_not_read_its_replay_holds_up_nobody_else(line: String) async throws {
    try await TestDaemon.run { configuration in
      configuration.threads = 1
      configuration.unsentBytes = 16 << 10
    } _: { daemon in
      try daemon.append((1...4_000).map { TestDaemon.event("e\($0)") })
      let slow = try daemon.connect()
      try slow.send(line + "\n")
      for _ in 0..<20 { try daemon.expectService() }
      for position in 1...4_000 {
        #expect(try slow.line()?.hasPrefix(#"{"position":\#(position),"#) == true)
      }
    }
  }

  @Test func the_swift_client_streams_a_replay() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      try await AnnalsClient.withConnection(socket: daemon.socket) { client in
        let stream = try client.rows("REPLAY from=3")
        var position: UInt64 = 3
        for try await row in stream {
          #expect(try row == daemon.store.line(at: position))
          position += 1
        }
        #expect(try await stream.status.integer("next") == Int64(position))
      }
    }
  }
}
