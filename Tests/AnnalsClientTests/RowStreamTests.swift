import AnnalsClient
import Synchronization
import Testing

@Suite struct RowStreamTests {
  /// Waits until the server writes no more rows, be it that nobody reads them or that there are no more.
  private static func waitUntilStalled(_ record: ScriptedServer.Record) async throws {
    var before = -1
    var now = 0
    while before != now {
      before = now
      try await Task.sleep(for: .milliseconds(100))
      now = record.rowsWritten.load(ordering: .sequentiallyConsistent)
    }
  }

  @Test func rows_are_read_no_faster_than_they_are_taken() async throws {
    let rowCount = 100_000
    // Above what the socket, the buffer of the server and the watermark of the client hold; far below the whole.
    let mostAhead = 5000
    let script: ScriptedServer.Script = { line in
      line == nil ? [] : [.stream(rows: rowCount), .line(#"{"ok":true,"count":\#(rowCount)}"#)]
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let stream = try client.rows("REPLAY")
        var taken = 0
        for try await row in stream {
          if taken == 0 {
            #expect(row == Array(ScriptedServer.row.utf8))
            try await Self.waitUntilStalled(server.record)
            #expect(server.record.rowsWritten.load(ordering: .sequentiallyConsistent) < mostAhead)
          }
          taken += 1
        }
        #expect(taken == rowCount)
        #expect(try await stream.status.integer("count") == Int64(rowCount))
      }
    }
  }

  @Test func requests_behind_a_stream_get_their_replies_after_it() async throws {
    let script: ScriptedServer.Script = { line in
      switch line {
      case nil: []
      case "REPLAY": [.stream(rows: 5000), .line(#"{"ok":true,"next":5001}"#)]
      default: [.line(#"{"verb":"PING"}"#), .line(#"{"ok":true}"#)]
      }
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let before = try client.submit("HELP")
        let stream = try client.rows("REPLAY")
        let after = try client.submit("HELP")
        let second = try client.rows("REPLAY")
        #expect(try await before.value.rows.count == 1)
        var count = 0
        for try await _ in stream { count += 1 }
        #expect(count == 5000)
        #expect(try await after.value.rows.count == 1)
        for try await _ in second { count += 1 }
        #expect(count == 10_000)
        #expect(try await second.status.integer("next") == 5001)
      }
    }
  }

  @Test func an_error_at_the_end_is_thrown_after_the_rows() async throws {
    let script: ScriptedServer.Script = { line in
      line == nil ? [] : [.stream(rows: 3), .line(#"{"error":"internal","message":"Rot."}"#)]
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let stream = try client.rows("REPLAY")
        var count = 0
        let error = await #expect(throws: ClientError.self) {
          for try await _ in stream { count += 1 }
        }
        #expect(count == 3)
        guard case .server(let cause) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(cause.code == "internal")
      }
    }
  }

  @Test func a_close_in_the_middle_is_thrown_after_the_rows() async throws {
    try await ScriptedServer.run({ $0 == nil ? [] : [.stream(rows: 2), .close] }) { server in
      let stream = try await AnnalsClient.connect(socket: server.path).rows("REPLAY")
      var count = 0
      let error = await #expect(throws: ClientError.self) {
        for try await _ in stream { count += 1 }
      }
      #expect(count == 2)
      guard case .connectionClosed(isMidReply: true, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func a_loop_left_early_closes_the_connection() async throws {
    try await ScriptedServer.run({ $0 == nil ? [] : [.stream(rows: 1_000_000)] }) { server in
      let client = try await AnnalsClient.connect(socket: server.path)
      for try await _ in try client.rows("REPLAY follow=yes") { break }
      await #expect(throws: ClientError.self) { try await client.send("PING") }
    }
  }

  @Test func a_cancelled_reader_of_an_endless_reply_ends() async throws {
    try await ScriptedServer.run({ $0 == nil ? [] : [.stream(rows: 1)] }) { server in
      let client = try await AnnalsClient.connect(socket: server.path)
      let stream = try client.rows("REPLAY follow=yes")
      let reader = Task {
        var count = 0
        for try await _ in stream { count += 1 }
        return count
      }
      reader.cancel()
      _ = await reader.result
      await #expect(throws: ClientError.self) { try await stream.status }
    }
  }
}
