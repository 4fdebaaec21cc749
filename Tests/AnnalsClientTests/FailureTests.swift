import AnnalsClient
import Foundation
import Testing

@Suite struct FailureTests {
  private static func failure(of pending: PendingReply) async -> ClientError? {
    do throws(ClientError) {
      _ = try await pending.value
      return nil
    } catch {
      return error
    }
  }

  @Test func an_error_reply_is_thrown_with_its_members_and_the_connection_lives_on() async throws {
    let script: ScriptedServer.Script = { line in
      switch line {
      case nil: []
      case "PING": [.line(#"{"ok":true}"#)]
      default:
        [
          .line(
            #"{"error":"invalid_event","message":"No.","pointer":"/data/when","index":3,"position":7,"retry":true,"#
              + #""known":["a"]}"#)
        ]
      }
    }
    try await ScriptedServer.run(script) { server in
      try await AnnalsClient.withConnection(socket: server.path) { client in
        guard case .server(let error) = await Self.failure(of: try client.submit("APPEND []")) else {
          Issue.record("an error of the server is wanted")
          return
        }
        #expect(error.code == "invalid_event")
        #expect(error.message == "No.")
        #expect(error.pointer == "/data/when")
        #expect(error.index == 3)
        #expect(error.position == 7)
        #expect(error.mayRetry)
        #expect(error.status.texts("known") == ["a"])
        #expect("\(error)" == "invalid_event: No. (event 3, at /data/when)")
        _ = try await client.send("PING")
      }
    }
  }

  @Test func a_close_in_the_middle_of_a_reply_fails_all_requests_under_way() async throws {
    let script: ScriptedServer.Script = { line in
      switch line {
      case "PING": [.line(#"{"ok":true}"#)]
      case "VIEWS": [.line(#"{"view":"a"}"#), .bytes(#"{"vi"#), .close]
      default: []
      }
    }
    try await ScriptedServer.run(script) { server in
      let client = try await AnnalsClient.connect(socket: server.path)
      let pending = try ["PING", "VIEWS", "STATUS", "METRICS"].map { try client.submit($0) }
      #expect(await Self.failure(of: pending[0]) == nil)
      let failures = [
        await Self.failure(of: pending[1]), await Self.failure(of: pending[2]), await Self.failure(of: pending[3]),
      ]
      let isMidReply = failures.map { failure in
        if case .connectionClosed(let isMidReply, _) = failure { isMidReply } else { nil as Bool? }
      }
      #expect(isMidReply == [true, false, false])
      #expect(throws: ClientError.self) { try client.submit("PING") }
      await client.close()
    }
  }

  @Test func closing_fails_the_requests_under_way() async throws {
    try await ScriptedServer.run({ _ in [] }) { server in
      let client = try await AnnalsClient.connect(socket: server.path)
      let pending = try client.submit("PING")
      await client.close()
      guard case .connectionClosed(isMidReply: false, errno: nil) = await Self.failure(of: pending) else {
        Issue.record("a closed connection is wanted")
        return
      }
    }
  }

  @Test func a_daemon_that_refuses_the_connection_says_why() async throws {
    let script: ScriptedServer.Script = { line in
      line == nil ? [.line(#"{"error":"busy","message":"Too many.","retry":true}"#), .close] : []
    }
    try await ScriptedServer.run(script) { server in
      let client = try await AnnalsClient.connect(socket: server.path)
      let error = await #expect(throws: ClientError.self) {
        while true { _ = try await client.send("PING") }
      }
      guard case .server(let refusal) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(refusal.code == "busy")
    }
  }

  @Test(arguments: [#"{"ok":tru}"#, #"{"ok":true,"ok":true}"#, #"{"error":"#])
  func a_status_line_that_is_not_json_is_reported(line: String) async throws {
    try await ScriptedServer.run({ $0 == nil ? [] : [.line(line)] }) { server in
      let client = try await AnnalsClient.connect(socket: server.path)
      guard case .malformedReply = await Self.failure(of: try client.submit("PING")) else {
        Issue.record("a malformed reply is wanted")
        return
      }
    }
  }

  @Test func where_no_socket_is_the_error_names_it_and_the_remedy() async {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    let error = await #expect(throws: ClientError.self) { try await AnnalsClient.connect(socket: path) }
    guard case .cannotConnect(path, ENOENT) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains(path) == true)
    #expect(error?.description.contains("annals serve") == true)
  }

  @Test func a_path_too_long_for_a_socket_is_told() async {
    let path = "/" + String(repeating: "x", count: 300)
    let error = await #expect(throws: ClientError.self) { try await AnnalsClient.connect(socket: path) }
    guard case .cannotConnect(path, ENAMETOOLONG) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
