import AnnalsClient
import ArgumentParser
import Testing

@testable import annals

struct DiffTests {
  private static func request(_ arguments: [String]) throws -> String? {
    try (Annals.parseAsRoot(["diff"] + arguments) as? Diff)?.request()
  }

  @Test(arguments: [
    (["meetings", "69"], "DIFF meetings from=69"), (["meetings", "40", "60"], "DIFF meetings from=40 to=60"),
    (
      ["meetings", "2026-02-04T00:00:00Z", "between=بوتين,Xi Jinping", "status=occurred"],
      #"DIFF meetings between=بوتين,"Xi Jinping" status=occurred from=2026-02-04T00:00:00Z"#
    ),
    (["m", "1", "2", "party=A", "--json"], "DIFF m party=A from=1 to=2"),
  ])
  func positions_and_filters_make_the_request(arguments: [String], line: String) throws {
    #expect(try Self.request(arguments) == line)
  }

  @Test(arguments: [
    ["meetings"], ["meetings", "party=A"], ["meetings", "1", "party=A", "2"], ["meetings", "1", "2", "3"],
    ["meetings", "1", "from=2"], ["meetings", "1", "party=A", "party=B"], ["a b", "1"],
  ])
  func what_is_not_understood_is_a_usage_error(arguments: [String]) {
    #expect { try Self.request(arguments) } throws: {
      Annals.exitCode(for: $0).rawValue == ProgramStatus.usage.rawValue
    }
  }

  @Test func rows_are_shown_with_the_events_that_changed_them_each_asked_for_once() async throws {
    let script: ScriptedDaemon.Script = { request in
      switch request {
      case "DIFF visits from=1":
        [
          #"{"key":"a","before":null,"after":{"key":"a","visitor":"Q1","claims":[2]},"causes":[2]}"#,
          #"{"key":"b","before":{"key":"b","visitor":"Q1"},"after":null,"causes":[2]}"#,
          #"{"ok":true,"count":2,"from":1,"to":2}"#,
        ]
      case "GET position=2":
        [
          #"{"position":2,"source":"s","id":"i","type":"claim.visit","data":{"visitor":"Q1","attribution":["Wire"]}}"#,
          #"{"ok":true}"#,
        ]
      default: [#"{"entity":"Q1","label":"One","names":{}}"#, #"{"ok":true,"count":1}"#]
      }
    }
    try await ScriptedDaemon.run(script) { socket, requests in
      let lines = try await AnnalsClient.withConnection(socket: socket) { client in
        try await DifferenceWriter(client: client, view: "visits", showsIDs: false, language: nil)
          .lines("DIFF visits from=1")
      }
      #expect(
        lines == [
          "a  new", "├─ visitor  One", "├─ claims  2", "└─ by event 2  claim.visit  says Wire  s i", "",
          "b  gone", "├─ visitor  One", "└─ by event 2  claim.visit  says Wire  s i", "",
          "2 rows of visits differ between positions 1 and 2",
        ])
      #expect(
        requests.all == ["DIFF visits from=1", "GET position=2", "QUERY entities entity=Q1,Wire as-of=2 limit=512"])
    }
  }
}
