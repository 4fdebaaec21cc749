import AnnalsClient
import Testing

@testable import AnnalsServer

@Suite struct QueryTests {
  @Test func names_in_any_script_work_wherever_ids_do() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let byID = try client.ask("QUERY meetings between=Q7747,Q15031 at=2026-02-05")
      #expect(!byID.rows.isEmpty)
      for names in [#""بوتين","شي جين بينغ""#, #"بوتين,"شي جين بينغ""#, #"Putin,"Xi Jinping""#, #"Q7747,"习近平""#] {
        let byName = try client.ask("QUERY meetings between=\(names) at=2026-02-05")
        #expect(byName.rows == byID.rows, "\(names)")
        #expect(byName.statusLine == byID.statusLine, "\(names)")
      }
      let quoted = AnnalsClient.quoted("شي جين بينغ")
      #expect(try client.ask("QUERY meetings with=\(quoted)").rows == client.ask("QUERY meetings with=Q15031").rows)
      #expect(try client.ask("QUERY meetings between=Q7747,nobody").rows.isEmpty)
    }
  }

  @Test func every_view_answers_every_filter_it_says_it_has() async throws {
    let values = [
      "between": "CHN,RUS", "from": "2020", "to": "2026", "certain": "yes", "min-attributors": "1", "as-of": "70",
      "at": "2026-02-05", "min-position": "70", "limit": "5", "order": "desc",
    ]
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let views = try client.ask("VIEWS")
      for (view, parameters) in zip(try views.column("view"), try views.column("parameters")) {
        let view = try #require(view?.dropFirst().dropLast())
        let names = try #require(parameters).dropFirst().dropLast().split(separator: ",")
          .map { String($0.dropFirst().dropLast()) }
        for name in names where name != "cursor" {
          let reply = try client.ask("QUERY \(view) \(name)=\(values[name] ?? "x")")
          #expect(reply.code == nil, "\(view) \(name): \(reply.statusLine)")
          #expect(reply.number("count") == Int64(reply.rows.count))
        }
      }
    }
  }

  @Test(arguments: ["asc", "desc"])
  func pages_by_cursor_give_the_whole_answer_as_of_the_first_page(order: String) async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      for view in ["timeline", "meetings", "entities", "trade-volume"] {
        let whole = try client.ask("QUERY \(view) order=\(order) at=2026-02-05")
        var rows: [String] = []
        var cursor: String?
        repeat {
          let next = cursor.map { " cursor=\($0)" } ?? ""
          let page = try client.ask("QUERY \(view) order=\(order) at=2026-02-05 limit=3\(next)")
          #expect(page.code == nil && page.rows.count <= 3)
          #expect(page.number("position") == whole.number("position"))
          rows += page.rows
          cursor = page.text("cursor")
          try daemon.append([TestDaemon.event("\(view)-\(rows.count)")])
        } while cursor != nil
        #expect(rows == whole.rows)
      }
    }
  }

  @Test func as_of_a_position_or_a_time_is_the_answer_given_then() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      let question = "QUERY timeline at=2026-02-05 limit=1000"
      var answers: [(position: Int64, time: String, reply: RawReply)] = []
      for event in try TestDaemon.sampleRecord() {
        let receipt = try client.ask("APPEND \(event)")
        let position = try #require(receipt.positions?.first)
        let line = try client.ask("GET position=\(position)")
        let time = try #require(try line.column("recordedtime").first??.dropFirst().dropLast())
        answers.append((position, String(time), try client.ask(question)))
      }
      for (index, answer) in answers.enumerated() {
        let then = try client.ask("\(question) as-of=\(answer.position)")
        #expect(then.rows == answer.reply.rows && then.statusLine == answer.reply.statusLine)
        // Of events recorded within one microsecond the time means the last.
        guard index + 1 == answers.count || answers[index + 1].time != answer.time else { continue }
        let atTime = try client.ask("\(question) as-of=\(answer.time)")
        #expect(atTime.rows == answer.reply.rows && atTime.statusLine == answer.reply.statusLine)
      }
      let before = try client.ask("\(question) as-of=1999-12-31T23:59:59Z")
      #expect(before.rows.isEmpty && before.number("position") == 0)
    }
  }

  @Test func the_day_of_judging_is_repeated_and_changes_states() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      let client = try daemon.connect()
      let before = try client.ask("QUERY treaties at=2026-02-04")
      let after = try client.ask("QUERY treaties at=2026-02-06")
      #expect(before.text("at") == "2026-02-04" && after.text("at") == "2026-02-06")
      #expect(before.rows != after.rows)
    }
  }

  @Test func the_swift_client_gets_rows_and_status() async throws {
    try await TestDaemon.run { daemon in
      try daemon.append(TestDaemon.sampleRecord())
      try await AnnalsClient.withConnection(socket: daemon.socket) { client in
        let reply = try await client.send("QUERY meetings order=desc limit=2")
        #expect(reply.rows.count == 2)
        #expect(reply.status.integer("count") == 2)
        #expect(reply.status.text("cursor") != nil)
      }
    }
  }
}
