import AnnalsClient
import Glibc
import Testing

@Suite struct RequestReplyTests {
  /// Answers each line with a row and a status that repeat it.
  private static let echo: ScriptedServer.Script = { line in
    guard let line else { return [] }
    return [.line(#"{"line":"\#(line)"}"#), .line(#"{"ok":true,"line":"\#(line)"}"#)]
  }

  @Test func a_reply_has_its_rows_and_its_status() async throws {
    let script: ScriptedServer.Script = { line in
      guard line != nil else { return [] }
      return [
        .line(#"{"view":"meetings","error":null}"#), .line(#"{"view":"عربي"}"#),
        .line(#"{"ok":true,"count":2,"at":"2026-02-05","more":false,"known":["a","b"],"positions":[1,2],"x":{"y":1}}"#),
      ]
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let reply = try await client.send("VIEWS")
        #expect(reply.texts == [#"{"view":"meetings","error":null}"#, #"{"view":"عربي"}"#])
        #expect(reply.status.integer("count") == 2)
        #expect(reply.status.text("at") == "2026-02-05")
        #expect(reply.status.bool("more") == false)
        #expect(reply.status.texts("known") == ["a", "b"])
        #expect(reply.status.integers("positions") == [1, 2])
        #expect(reply.status.json("x") == #"{"y":1}"#)
        #expect(reply.status.text("count") == nil)
        #expect(reply.status.integers("known") == nil)
        #expect(reply.status.integer("absent") == nil)
      }
    }
  }

  @Test func pipelined_requests_get_their_replies_in_order() async throws {
    try await ScriptedServer.run(Self.echo) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let pending = try (0..<2000).map { try client.submit("GET position=\($0)") }
        for (index, reply) in pending.enumerated() {
          let reply = try await reply.value
          #expect(reply.status.text("line") == "GET position=\(index)")
          #expect(reply.texts == [#"{"line":"GET position=\#(index)"}"#])
        }
      }
    }
  }

  @Test func each_of_many_tasks_gets_its_own_reply() async throws {
    try await ScriptedServer.run(Self.echo) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for task in 0..<20 {
            group.addTask {
              for index in 0..<50 {
                let line = "GET source=\(task) id=\(index)"
                let reply = try await client.send(line)
                #expect(reply.status.text("line") == line)
              }
            }
          }
          try await group.waitForAll()
        }
      }
    }
  }

  @Test func several_tasks_may_wait_for_one_reply() async throws {
    try await ScriptedServer.run(Self.echo) { server in
      let client = try await AnnalsClient.connect(socket: server.path)
      let pending = try client.submit("PING")
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 { group.addTask { try await pending.value.status.text("line") == "PING" } }
        for try await isSame in group { #expect(isSame) }
      }
      await client.close()
    }
  }

  @Test func a_client_let_go_still_gets_the_replies_under_way() async throws {
    try await ScriptedServer.run(Self.echo) { server in
      let pending = try await AnnalsClient.connect(socket: server.path).submit("PING")
      #expect(try await pending.value.status.text("line") == "PING")
    }
  }

  @Test(arguments: ["", "PING\n", "PING\nPING", "\r"])
  func what_is_no_line_is_not_sent(line: String) async throws {
    try await ScriptedServer.run(Self.echo) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let error = await #expect(throws: ClientError.self) { try await client.send(line) }
        guard case .invalidRequest = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        _ = try await client.send("PING")
      }
      #expect(server.record.received.withLock { $0 } == ["PING"])
    }
  }

  @Test(arguments: [("Q7747", "Q7747"), ("Xi Jinping", "\"Xi Jinping\""), ("", "\"\""), ("a,\"b", "\"a,\\\"b\"")])
  func a_value_is_quoted_where_it_needs_it(value: String, quoted: String) {
    #expect(AnnalsClient.quoted(value) == quoted)
  }
}
