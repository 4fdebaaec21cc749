import AnnalsClient
import Audit
import Foundation
import Merkle
import TestSupport
import Testing

@testable import annals

/// Proofs as the commands write and check them, against a daemon.
@Suite struct ProofTests {
  private func keys() throws -> [VerifierKey] { [try LiveDaemon.key.get().verifierKey] }

  private func check(_ lines: [String], _ keys: [VerifierKey]) throws(ProofRefusal) -> AnswerProofCheck.Report {
    var rest = lines.map { Array($0.utf8) }[...]
    var check = AnswerProofCheck({ () throws(ProofRefusal) in rest.popFirst() }, keys: keys, scratch: scratch())
    return try check.run()
  }

  private func scratch() -> String {
    FileManager.default.temporaryDirectory.appending(path: "annals-test-\(UUID().uuidString)").path
  }

  private func prove(
    _ view: String, _ filters: [FilterArgument] = [], limit: Int? = nil, whole: Bool = false, _ client: AnnalsClient
  ) async throws -> (lines: [String], outcome: AnswerProving.Outcome) {
    let folder = TemporaryFolder()
    let outcome = try await AnswerProving(
      client: client, view: view, arguments: filters, limit: limit, wantsWhole: whole, progress: { _, _ in }
    ).write(to: folder.file("proof"))
    let text = try String(contentsOfFile: folder.file("proof"), encoding: .utf8)
    return (text.split(separator: "\n").map(String.init), outcome)
  }

  @Test func an_answer_of_every_view_is_proven_and_the_proof_holds() async throws {
    let keys = try keys()
    try await LiveDaemon.run(LiveDaemon.sample) { client in
      for view in try await client.send("VIEWS").rows.map({ try RowParser().value($0)["view"]?.string ?? "" }) {
        let (lines, outcome) = try await prove(view, [], client)
        let report = try check(lines, keys)
        let served = try await client.send("QUERY \(view) as-of=\(outcome.header.position) at=\(outcome.header.at)")
        #expect(report.rows == served.rows, "\(view)")
      }
    }
  }

  @Test func filters_dates_order_and_limits_are_part_of_what_is_proven() async throws {
    let keys = try keys()
    try await LiveDaemon.run(LiveDaemon.sample) { client in
      let meetings = [FilterArgument("between", ["Q7747", "Q15031"]), FilterArgument("order", "desc")]
      let (lines, outcome) = try await prove("meetings", meetings, limit: 3, client)
      // The last of them names the meeting before it, which is not among them, so that no part of the log gives it.
      #expect(outcome.rows.count == 3 && outcome.header.isWhole)
      #expect(outcome.header.request.contains("between=Q7747,Q15031 order=desc"))
      #expect(try check(lines, keys).rows == outcome.rows)
      let past = [FilterArgument("as-of", "90"), FilterArgument("at", "2023-06-01")]
      let (older, early) = try await prove("pledges", past, client)
      #expect(early.header.position == 90 && early.header.at == "2023-06-01")
      #expect(try check(older, keys).rows == early.rows)
    }
  }

  @Test func views_of_the_whole_record_need_the_whole_record_and_say_so() async throws {
    let keys = try keys()
    try await LiveDaemon.run(LiveDaemon.sample) { client in
      let (lines, outcome) = try await prove("sources", [], client)
      #expect(outcome.wasWidened && outcome.header.isWhole)
      #expect(outcome.header.events == UInt64(LiveDaemon.sample.count))
      _ = try check(lines, keys)
      let (whole, asked) = try await prove("treaties", [], whole: true, client)
      #expect(!asked.wasWidened && asked.header.isWhole)
      _ = try check(whole, keys)
    }
  }

  /// What a forger may do to the proof of an answer: each is refused, and where the fault lies in one line, with its number.
  @Test func a_proof_that_was_tampered_with_is_refused() async throws {
    let keys = try keys()
    try await LiveDaemon.run(LiveDaemon.sample) { client in
      let (lines, outcome) = try await prove("treaties", [], client)
      let rows = outcome.rows.count
      func refused(_ name: String, _ change: (inout [String]) -> Void) {
        var forged = lines
        change(&forged)
        #expect(forged != lines, "\(name) changes something")
        #expect(throws: ProofRefusal.self, "\(name)") { try check(forged, keys) }
      }
      refused("a row changed") { $0[1] = $0[1].replacing("2026-02-05", with: "2027-02-05") }
      refused("a row removed") {
        $0.remove(at: 1)
        $0[0] = $0[0].replacing("\"rows\":\(rows)", with: "\"rows\":\(rows - 1)")
      }
      refused("a row added") {
        $0.insert($0[1], at: 1)
        $0[0] = $0[0].replacing("\"rows\":\(rows)", with: "\"rows\":\(rows + 1)")
      }
      refused("rows exchanged") { $0.swapAt(1, 2) }
      refused("another question") { $0[0] = $0[0].replacing("QUERY treaties", with: "QUERY timeline") }
      refused("another day") { $0[0] = $0[0].replacing("\"at\":\"\(outcome.header.at)", with: "\"at\":\"2000-01-01") }
      refused("another version") { $0[0] = $0[0].replacing("\"version\":", with: "\"version\":9") }
      refused("an event left out") {
        let claim = $0.lastIndex { $0.contains("claim.treaty") }!
        $0.removeSubrange(claim...claim + 1)
        let count = outcome.header.events
        $0[0] = $0[0].replacing("\"events\":\(count)", with: "\"events\":\(count - 1)")
      }
      refused("an event changed") { forged in
        let claim = forged.firstIndex { $0.contains("claim.treaty") }!
        forged[claim] = forged[claim].replacing("expires", with: "signed").replacing("\"signed\"", with: "\"expires\"")
        forged[claim] = forged[claim].replacing("annals/examples", with: "annals/forged")
      }
      refused("a proof changed") { forged in
        let proof = forged.lastIndex { $0.contains("\"proof\":[") }!
        forged[proof] = forged[proof].replacing("\"proof\":[\"", with: "\"proof\":[\"A", maxReplacements: 1)
      }
      refused("events exchanged") { $0.swapAt(rows + 1, rows + 3) }
      refused("a claim of being whole") { $0[0] = $0[0].replacing("\"whole\":false", with: "\"whole\":true") }
      refused("cut short") { $0.removeLast() }
      refused("something behind") { $0.append("{}") }
      refused("a forged checkpoint") { $0[0] = $0[0].replacing("\\n\(LiveDaemon.sample.count)\\n", with: "\\n999\\n") }
      let stranger = try SigningKey.generate(name: "example.org/annals").verifierKey
      #expect(throws: ProofRefusal.self) { try check(lines, [stranger]) }
    }
  }

  @Test func an_event_is_proven_and_every_bit_of_its_proof_counts() async throws {
    let keys = try keys()
    try await LiveDaemon.run(LiveDaemon.sample) { client in
      let line = try await EventAddressing.line([FilterArgument("position", "64")], client)
      let text = try await EventProving.proof(of: line, position: 64, client).description
      let proof = try EventProof(text, keys: keys)
      #expect(proof.position == 64 && proof.line == line && proof.checkpoint.signers == ["example.org/annals"])
      let bytes = Array(text.utf8)
      for place in bytes.indices {
        for bit in 0..<8 {
          var forged = bytes
          forged[place] ^= 1 << UInt8(bit)
          guard let text = String(validating: forged, as: UTF8.self) else { continue }
          #expect(throws: ProofRefusal.self, "bit \(bit) of byte \(place)") { try EventProof(text, keys: keys) }
        }
      }
    }
  }

  @Test func an_event_of_another_log_is_not_proven_by_this_ones_checkpoint() async throws {
    let keys = try keys()
    let others = Array(LiveDaemon.sample.dropLast())
    var foreign = ""
    try await LiveDaemon.run(others) { client in
      let line = try await EventAddressing.line([FilterArgument("position", "3")], client)
      foreign = try await EventProving.proof(of: line, position: 3, client).description
    }
    try await LiveDaemon.run(LiveDaemon.sample) { client in
      let note = try await EventProving.checkpoint(client).note
      let proof = try LogProof(parsing: foreign)
      let mixed = LogProof(extra: proof.extra, index: proof.index, proof: proof.proof, checkpoint: note)
      #expect(throws: ProofRefusal.self) { try EventProof(mixed.description, keys: keys) }
    }
  }

  @Test func an_audit_through_the_daemon_finds_a_sound_store_sound_and_a_foreign_checkpoint_wrong() async throws {
    try await LiveDaemon.run(LiveDaemon.sample) { client in
      let folder = TemporaryFolder()
      let note = try await EventProving.checkpoint(client).note
      try note.write(toFile: folder.file("good"), atomically: true, encoding: .utf8)
      let held = try AuditCheckpoints(files: [folder.file("good")], folder: nil, keys: keys())
      let report = try await OnlineAudit(client: client, data: nil, checkpoints: held, progress: { _, _ in }).run()
      #expect(report.events == UInt64(LiveDaemon.sample.count) && report.views.count == 18)
      #expect(report.lines.contains { $0.contains("NOT read") }, "the data folder was out of reach")
      let wrong = SignedNote(
        Checkpoint(origin: "example.org/annals", size: 20, root: .zero), by: try LiveDaemon.key.get())
      try wrong.description.write(toFile: folder.file("bad"), atomically: true, encoding: .utf8)
      let other = try AuditCheckpoints(files: [folder.file("bad")], folder: nil, keys: keys())
      let finding = try await #require(throws: AuditFinding.self) {
        try await OnlineAudit(client: client, data: nil, checkpoints: other, progress: { _, _ in }).run()
      }
      #expect(finding.kind == .checkpoint && finding.position == 1)
      #expect(throws: AuditFinding.self, "a checkpoint of another key") {
        try AuditCheckpoints(
          files: [folder.file("good")], folder: nil, keys: [SigningKey.generate(name: "x").verifierKey])
      }
    }
  }
}
