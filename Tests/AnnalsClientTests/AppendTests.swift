import AnnalsClient
import Testing

@Suite struct AppendTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func an_append_sends_its_conditions_and_gives_the_receipt() async throws {
    let script: ScriptedServer.Script = { line in
      line == nil ? [] : [.line(#"{"ok":true,"positions":[7,8],"head":9,"duplicates":1}"#)]
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let receipt = try await client.append(Self.bytes("{\"a\":\n1}"), ifHead: 6, ifSubject: 0)
        #expect(receipt.positions == [7, 8])
        #expect(receipt.head == 9)
        #expect(receipt.duplicates == 1)
        _ = try await client.append(batch: [Self.bytes("{}"), Self.bytes("{ }")])
      }
      #expect(
        server.record.received.withLock { $0 } == [
          "APPEND if-head=6 if-subject=0 {\"a\": 1}", "APPEND [{},{ }]",
        ])
    }
  }

  @Test func an_answer_that_is_no_receipt_is_reported() async throws {
    try await ScriptedServer.run({ $0 == nil ? [] : [.line(#"{"ok":true,"positions":["7"],"head":9}"#)] }) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        let error = await #expect(throws: ClientError.self) { try await client.append(Self.bytes("{}")) }
        guard case .malformedReply = error else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
    }
  }

  @Test(arguments: [1, 3, 512])
  func each_of_many_events_gets_its_outcome_in_order(window: Int) async throws {
    let script: ScriptedServer.Script = { line in
      guard let number = line?.split(separator: " ").last?.filter(\.isNumber) else { return [] }
      return number.hasSuffix("5")
        ? [.line(#"{"error":"invalid_event","message":"\#(number)"}"#)]
        : [.line(#"{"ok":true,"positions":[\#(number)],"head":1,"duplicates":0}"#)]
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        var outcomes: [String] = []
        let events = (1...1000).lazy.map { Self.bytes(#"{"id":\#($0)}"#) }
        try await client.append(each: events, window: window) { index, outcome in
          #expect(index == outcomes.count)
          switch outcome {
          case .success(let receipt): outcomes.append("\(receipt.positions)")
          case .failure(let error): outcomes.append("\(error)")
          }
        }
        #expect(outcomes == (1...1000).map { $0 % 10 == 5 ? "invalid_event: \($0)" : "[\($0)]" })
      }
    }
  }

  @Test func no_events_get_no_outcome() async throws {
    try await ScriptedServer.run({ _ in [] }) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        try await client.append(each: []) { _, _ in Issue.record("there is no event") }
      }
    }
  }

  @Test func a_receiver_that_throws_ends_the_sending() async throws {
    let script: ScriptedServer.Script = { line in
      line == nil ? [] : [.line(#"{"ok":true,"positions":[1],"head":1,"duplicates":0}"#)]
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        await #expect(throws: CancellationError.self) {
          try await client.append(each: (0..<100).lazy.map { _ in Self.bytes("{}") }, window: 2) { _, _ in
            throw CancellationError()
          }
        }
        _ = try await client.send("PING")
      }
      #expect(server.record.received.withLock { $0.count } == 3)
    }
  }
}
