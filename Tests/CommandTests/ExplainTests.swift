import AnnalsClient
import ArgumentParser
import Testing

@testable import annals

struct ExplainTests {
  @Test func the_request_names_view_key_and_position() {
    let evidence = RowEvidence(view: "meetings", key: "A,B/video in D1", asOf: "7")
    #expect(String(decoding: evidence.request, as: UTF8.self) == #"EXPLAIN meetings key="A,B/video in D1" as-of=7"#)
  }

  @Test(arguments: [("--tree", Explain.Form.tree), ("--table", .table), ("--json", .json)])
  func each_form_can_be_asked_for(flag: String, form: Explain.Form) throws {
    #expect((try Annals.parseAsRoot(["explain", "v", "k", flag]) as? Explain)?.form == form)
  }

  @Test func entities_in_the_tree_have_their_names_unless_ids_are_wanted() async throws {
    let script: ScriptedDaemon.Script = { request in
      request.hasPrefix("EXPLAIN")
        ? [
          #"{"position":2,"type":"claim.visit","data":{"evidence":[{"document":"D1","quote":"q"}],"visitor":"Q1"}}"#,
          #"{"ok":true,"count":1}"#,
        ] : [#"{"entity":"Q1","label":"One","names":{"ar":["واحد"]}}"#, #"{"ok":true,"count":1}"#]
    }
    try await ScriptedDaemon.run(script) { socket, _ in
      try await AnnalsClient.withConnection(socket: socket) { client in
        let rows = try await RowEvidence(view: "visits", key: "k").rows(client)
        for (ids, language, shown) in [(false, nil, "One"), (true, nil, "Q1"), (false, "ar", "واحد")] {
          let tree = try await RowEvidence.tree(of: rows, showsIDs: ids, language: language, client)
          #expect(
            tree.tree(view: "visits", key: "k").lines() == [
              "visits  k", "└─ 2  claim.visit  undated  occurred  visitor \(shown)", "   ├─ says D1",
              "   └─ D1  not registered", "      └─ “q”",
            ])
        }
      }
    }
  }
}
