import AnnalsClient
import Testing

@testable import AnnalsServer

@Suite struct AppendTests {
  @Test func one_event_and_a_batch_get_positions_without_gaps() async throws {
    try await TestDaemon.run { daemon in
      try await AnnalsClient.withConnection(socket: daemon.socket) { client in
        let one = try await client.append(Array(TestDaemon.event("a").utf8))
        #expect(one.positions == [1] && one.head == 1 && one.duplicates == 0)
        let batch = try await client.append(batch: ["b", "c", "a"].map { Array(TestDaemon.event($0).utf8) })
        #expect(batch.positions == [2, 3, 1] && batch.head == 3 && batch.duplicates == 1)
      }
    }
  }

  @Test func many_appends_under_way_are_answered_in_their_order() async throws {
    try await TestDaemon.run { daemon in
      try await AnnalsClient.withConnection(socket: daemon.socket) { client in
        var positions: [Int64] = []
        let events = (0..<3_000).map { Array(TestDaemon.event("e\($0)").utf8) }
        try await client.append(each: events) { _, outcome in positions += try outcome.get().positions }
        #expect(positions == Array(1...3_000))
      }
    }
  }

  @Test func a_batch_with_one_bad_event_records_nothing_and_names_the_place() async throws {
    let good = TestDaemon.event("good")
    let typo = good.replacing("\"kind\"", with: "\"knd\"")
    let lost =
      #"{"source":"annals/tests","id":"r","type":"review.retracted","data":{"claim":{"id":"nowhere"},"reason":"x"}}"#
    let cases: [(body: String, code: String, pointer: String, index: Int64?)] = [
      ("[\(good),\(typo)]", "invalid_event", "/1/data/knd", 1), (typo, "invalid_event", "/data/knd", nil),
      ("[\(good),{\"a\":1}]", "invalid_event", "/1/a", 1), ("[\(good),7]", "invalid_event", "/1", 1),
      ("[\(good),\(lost)]", "unresolved_reference", "/1/data/claim", 1),
      (good.replacing("entity.declared", with: "entity.uttered"), "unknown_type", "/type", nil),
      ("[\(good),{\"id\":\"a\",\"id\":\"b\"}]", "invalid_json", "/1/id", nil), ("[]", "bad_request", "", nil),
      ("[\(good),", "invalid_json", "", nil), ("{\"id\":tru}", "invalid_json", "/id", nil),
    ]
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      for (body, code, pointer, index) in cases {
        let reply = try client.ask("APPEND \(body)")
        #expect(reply.code == code, "\(reply.statusLine)")
        #expect(reply.pointer == pointer, "\(reply.statusLine)")
        #expect(reply.number("index") == index, "\(reply.statusLine)")
      }
      #expect(try client.ask("STATUS").number("head") == 0)
    }
  }

  @Test func the_same_id_with_other_content_conflicts_and_names_the_first() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      try daemon.append(["a", "b"].map { TestDaemon.event($0) })
      let one = try client.ask("APPEND \(TestDaemon.event("b", name: "Another"))")
      #expect(one.code == "id_conflict" && one.number("position") == 2 && one.pointer == "/id")
      let batch = try client.ask("APPEND [\(TestDaemon.event("c")),\(TestDaemon.event("a", name: "Another"))]")
      #expect(batch.code == "id_conflict" && batch.number("position") == 1)
      #expect(batch.pointer == "/1/id" && batch.number("index") == 1)
      #expect(try client.ask("GET source=\(TestDaemon.source) id=c").code == "not_found")
    }
  }

  @Test func conditions_that_do_not_hold_are_answered_with_what_holds() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      #expect(try client.ask("APPEND if-head=0 \(TestDaemon.event("a"))").positions == [1])
      let head = try client.ask("APPEND if-head=0 \(TestDaemon.event("b"))")
      #expect(head.code == "conflict" && head.number("position") == 1)
      #expect(try client.ask("APPEND if-subject=0 \(TestDaemon.event("b"))").positions == [2])
      let again = TestDaemon.event("b", name: "Another").replacing(#""id":"b""#, with: #""id":"b2""#)
      let subject = try client.ask("APPEND if-subject=0 [\(again)]")
      #expect(subject.code == "conflict" && subject.number("position") == 2 && subject.number("index") == 0)
      #expect(try client.ask("APPEND if-subject=2 \(again)").positions == [3])
    }
  }

  @Test func a_query_behind_an_append_sees_it() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      for number in 1...50 {
        try client.send("APPEND \(TestDaemon.event("e\(number)"))\nQUERY entities entity=e\(number)\n")
        #expect(try client.reply()?.positions == [Int64(number)])
        let reply = try #require(try client.reply())
        #expect(reply.rows.count == 1 && reply.number("position") == Int64(number))
        try client.send("APPEND \(TestDaemon.event("e\(number)"))\nGET position=\(number)\n")
        #expect(try client.reply()?.number("duplicates") == 1)
        #expect(try client.reply()?.rows.count == 1)
      }
    }
  }

  @Test func min_position_makes_another_connection_see_it_and_refuses_what_nobody_has() async throws {
    try await TestDaemon.run { daemon in
      let (writer, reader) = (try daemon.connect(), try daemon.connect())
      for number in 1...50 {
        #expect(try writer.ask("APPEND \(TestDaemon.event("e\(number)"))").positions == [Int64(number)])
        let reply = try reader.ask("QUERY entities entity=e\(number) min-position=\(number)")
        #expect(reply.rows.count == 1 && reply.number("position") == Int64(number))
      }
      for beyond in ["51", "18446744073709551615"] {
        let reply = try reader.ask("QUERY entities min-position=\(beyond)")
        #expect(reply.code == "too_far_ahead" && reply.number("position") == 50)
        #expect(reply.status["retry"]?.bool == true)
      }
    }
  }
}
