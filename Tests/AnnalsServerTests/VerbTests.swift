import LineProtocol
import Testing

@testable import AnnalsServer

@Suite struct VerbTests {
  @Test func ping_tells_the_version() async throws {
    try await TestDaemon.run { daemon in
      let reply = try daemon.connect().ask("ping")
      #expect(reply.statusLine == #"{"ok":true,"version":"\#(ServerVersion.text)"}"#)
    }
  }

  @Test func help_has_a_row_for_each_verb_or_for_the_one_named() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      let all = try client.ask("HELP")
      #expect(try all.column("verb") == Verb.allCases.map { "\"\($0.rawValue)\"" })
      #expect(try all.column("usage").allSatisfy { $0 != nil } && all.column("summary").allSatisfy { $0 != nil })
      let one = try client.ask("HELP get")
      #expect(
        one.rows == [
          #"{"verb":"GET","usage":"GET position=N | GET source=S id=I","#
            + #""summary":"Gives one recorded event, by position or by source and id."}"#
        ])
    }
  }

  @Test(arguments: [
    ("PNIG", "unknown_verb", "PING", "APPEND"), ("HELP gat", "unknown_verb", "GET", "QUERY"),
    ("GET positon=1", "unknown_argument", "position", "source"),
    ("REPLAY form=1", "unknown_argument", "from", "subject"),
    ("QUERY meetings betwen=a,b", "unknown_argument", "between", "attributor"),
    ("QUERY meetngs", "unknown_view", "meetings", "treaties"),
    ("EXPLAIN treatise key=x", "unknown_view", "treaties", "meetings"),
  ])
  func an_unknown_name_is_answered_with_the_nearest_and_all_known(
    line: String, code: String, suggestion: String, known: String
  ) async throws {
    try await TestDaemon.run { daemon in
      let reply = try daemon.connect().ask(line)
      #expect(reply.code == code)
      #expect(reply.text("suggestion") == suggestion)
      #expect(reply.texts("known").contains(suggestion))
      #expect(reply.texts("known").contains(known))
      #expect(reply.text("message")?.contains("'\(suggestion)'") == true)
    }
  }

  @Test func a_verb_that_is_foreign_is_unknown() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      let reply = try client.ask("XYZZY")
      #expect(reply.code == "unknown_verb")
      #expect(reply.texts("known") == Verb.allCases.map(\.rawValue))
      #expect(try client.ask("PING").code == nil)
    }
  }

  @Test(arguments: [
    ("PING x=1", "unknown_argument"), ("PING x", "bad_request"), ("GET", "bad_request"),
    ("GET source=a", "bad_request"), ("GET position=one", "bad_request"), ("GET position=1 position=1", "bad_request"),
    ("GET position=18446744073709551616", "bad_request"), ("GET position=", "bad_request"),
    ("QUERY", "bad_request"), ("EXPLAIN meetings", "bad_request"), ("APPEND", "bad_request"),
    ("APPEND if-head=-1 {}", "bad_request"), ("QUERY meetings limit=0", "bad_request"),
    ("QUERY meetings limit=1000000", "bad_request"), ("QUERY meetings order=up", "bad_request"),
    ("QUERY meetings at=yesterday", "bad_request"), ("QUERY meetings from=2026-13", "bad_request"),
    ("QUERY meetings from=2026 to=2025", "bad_request"), ("QUERY meetings between=A", "bad_request"),
    ("QUERY meetings min-attributors=many", "bad_request"), ("QUERY meetings cursor=zz", "bad_request"),
    ("QUERY meetings as-of=2026", "too_far_ahead"), ("QUERY meetings as-of=then", "bad_request"),
    ("REPLAY follow=maybe", "bad_request"), (#"GET source="a id=1"#, "bad_request"), ("PING {}", "bad_request"),
    ("EXPLAIN meetings key=x as-of=9", "too_far_ahead"), ("EXPLAIN meetings key=none", "not_found"),
  ])
  func a_request_that_makes_no_sense_is_refused_and_the_connection_lives_on(line: String, code: String) async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      #expect(try client.ask(line).code == code)
      #expect(try client.ask("PING").code == nil)
    }
  }

  @Test func get_gives_the_recorded_line_by_either_address() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(["a", "b", "c"].map { TestDaemon.event($0) })
      let client = try daemon.connect()
      let byPosition = try client.ask("GET position=2")
      #expect(byPosition.rows == [String(decoding: try daemon.store.line(at: 2), as: UTF8.self)])
      #expect(byPosition.statusLine == #"{"ok":true}"#)
      #expect(try client.ask("GET source=\(TestDaemon.source) id=b").rows == byPosition.rows)
      for absent in ["position=0", "position=4", "position=18446744073709551615", "source=\(TestDaemon.source) id=d"] {
        #expect(try client.ask("GET \(absent)").code == "not_found")
      }
    }
  }

  @Test func views_tell_how_far_they_are_and_what_they_can_be_asked() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let head = String(daemon.store.log.head)
      let reply = try daemon.connect().ask("VIEWS")
      #expect(try reply.column("view") == daemon.store.views.projectors.map { "\"\($0.name)\"" })
      #expect(try reply.column("position").allSatisfy { $0 == head })
      #expect(try reply.column("lag").allSatisfy { $0 == "0" })
      #expect(try reply.column("state").allSatisfy { $0 == #""live""# })
      #expect(try reply.column("error").allSatisfy { $0 == "null" })
      #expect(try reply.column("parameters").allSatisfy { $0?.contains(#""between""#) == true })
    }
  }

  @Test func status_tells_the_head_the_lag_and_the_limits() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append([TestDaemon.event("a")])
      let status = try daemon.connect().ask("STATUS").status
      #expect(status["head"]?.int == 1)
      #expect(status["state"]?.string == "live")
      #expect(status["views"]?["meetings"]?.int != nil)
      #expect(status["limits"]?["line_bytes"]?.int == Int64(LineLimits.defaultLineLimit))
      #expect(status["segments"]?.int == 1)
      #expect(status["uptime"]?.int != nil)
    }
  }

  @Test func metrics_count_what_was_done() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append([TestDaemon.event("a"), TestDaemon.event("b")])
      try daemon.append([TestDaemon.event("b")])
      _ = try daemon.connect().ask("NONSENSE")
      #expect(try daemon.metric("annals_appended_events_total") == 2)
      #expect(try daemon.metric("annals_duplicate_events_total") == 1)
      #expect(try daemon.metric("annals_errors_total") == 1)
      #expect(try daemon.metric("annals_log_head") == 2)
      #expect(try daemon.metric("annals_bytes_in_flight") == 0)
    }
  }

  @Test func quit_closes_after_all_replies_before_it_however_long() async throws {
    try await TestDaemon.run { daemon in
      // More than a socket's buffer takes, and less than stops the daemon from going on to QUIT.
      try daemon.append((0..<1_200).map { TestDaemon.event("e\($0)") })
      let client = try daemon.connect()
      try client.send("REPLAY\nQUERY entities limit=1200\nQUIT\nPING\n")
      #expect(try client.reply()?.rows.count == 1_200)
      #expect(try client.reply()?.rows.count == 1_200)
      #expect(try client.reply()?.statusLine == #"{"ok":true}"#)
      #expect(try client.line() == nil)
    }
  }

  @Test func explain_gives_the_recorded_events_a_row_rests_on_and_their_documents() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let rows = try client.ask("QUERY meetings")
      let (keys, claims) = (try rows.column("key"), try rows.column("claims"))
      #expect(!keys.isEmpty)
      for (key, claims) in zip(keys, claims) {
        let reply = try client.ask("EXPLAIN meetings key=\(try #require(key))")
        let (positions, types) = (try reply.column("position"), try reply.column("type"))
        let resting = zip(positions, types).filter { $0.1?.hasPrefix("\"claim.") == true }.compactMap(\.0)
        #expect("[\(resting.joined(separator: ","))]" == claims)
        #expect(types.contains("\"document.registered\""))
        #expect(reply.number("count") == Int64(reply.rows.count))
      }
    }
  }
}
