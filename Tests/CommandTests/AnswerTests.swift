import AnnalsClient
import JSON
import Testing

@testable import annals

struct AnswerTests {
  @Test func pagesAreReadOneAfterTheOther() async throws {
    let script: ScriptedDaemon.Script = { request in
      request.contains("cursor=c")
        ? [#"{"key":"b"}"#, #"{"ok":true,"count":1,"position":9,"at":"2026-02-05"}"#]
        : [#"{"key":"a"}"#, #"{"ok":true,"count":1,"position":9,"at":"2026-02-05","undated":2,"cursor":"c"}"#]
    }
    try await ScriptedDaemon.run(script) { socket, _ in
      let pages = try QueryPages(view: "timeline", arguments: [], wanted: nil)
      var rows: [String] = []
      let notes = try await AnnalsClient.withConnection(socket: socket) { client in
        try await QueryPages.run(pages, client) { rows.append(String(decoding: $0, as: UTF8.self)) }
      }
      #expect(rows == [#"{"key":"a"}"#, #"{"key":"b"}"#])
      #expect(notes.footer == "2 rows as of position 9, judged at 2026-02-05")
      #expect(notes.undated == 2)
    }
  }

  @Test func entitiesAreCalledByTheirNameInTheLanguageAskedForElseByTheirLabel() async throws {
    let script: ScriptedDaemon.Script = { _ in
      [
        #"{"entity":"CHN","label":"China","names":{"ar":["الصين"],"en":["China"]}}"#,
        #"{"entity":"D9","label":"Nine","names":{"en":["Nine"]}}"#, #"{"ok":true,"count":2}"#,
      ]
    }
    try await ScriptedDaemon.run(script) { socket, requests in
      let labels = try await AnnalsClient.withConnection(socket: socket) { client in
        try await EntityLabels.fetch(["CHN", "D9", "leader of France"], asOf: 7, language: "ar", client)
      }
      #expect(labels == ["CHN": "الصين", "D9": "Nine"])
      #expect(requests.all == [#"QUERY entities entity=CHN,D9,"leader of France" as-of=7 limit=512"#])
    }
  }

  @Test(arguments: [
    (#"{"error":"unknown_view","message":"No."}"#, ProgramStatus.refused),
    (#"{"error":"shutting_down","message":"Bye.","retry":true}"#, .unreachable), ("not JSON at all", .refused),
  ])
  func anErrorOfTheDaemonHasItsExitCode(answer: String, status: ProgramStatus) async throws {
    try await ScriptedDaemon.run { _ in
      [answer, #"{"ok":1 2}"#]
    } _: { socket, _ in
      let failure = await #expect(throws: ClientError.self) {
        try await AnnalsClient.withConnection(socket: socket) { _ = try await $0.send("QUERY x") }
      }
      #expect(failure.map { CommandFailure($0).status } == status)
    }
  }

  @Test func nobodyAtTheSocketHasAnExitCodeOfItsOwn() async throws {
    let failure = await #expect(throws: ClientError.self) {
      _ = try await AnnalsClient.connect(socket: "/nowhere/a.sock")
    }
    #expect(failure.map { CommandFailure($0).status } == .unreachable)
  }
}
