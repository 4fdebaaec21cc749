import Audit
import Digests
import Foundation
import Merkle
import Store
import TestSupport
import Testing

@testable import AnnalsServer

/// `CHECKPOINT`, `PROVE` and `BACKUP`.
@Suite struct AuditVerbTests {
  private static func event(_ id: String) -> String {
    #"APPEND {"source":"desk","id":"\#(id)","type":"entity.named","data":{"entity":"E","name":"\#(id)","lang":"en"}}"#
  }

  private let key: SigningKey

  init() throws {
    key = try .generate(name: "example.org/annals")
  }

  private func run(_ body: (TestDaemon, RawConnection) async throws -> Void) async throws {
    let folder = TemporaryFolder()
    try await TestDaemon.run(in: folder) {
      $0.checkpoints = .init(key: key, folder: folder.file("checkpoints"))
    } _: { daemon in
      let client = try daemon.connect()
      for id in ["a", "b", "c", "d", "e"] { _ = try client.ask(Self.event(id)) }
      try await body(daemon, client)
    }
  }

  @Test func a_checkpoint_is_of_what_was_appended_before_on_the_connection() async throws {
    try await run { daemon, client in
      let reply = try client.ask("CHECKPOINT")
      let note = try #require(reply.text("checkpoint"))
      let opened = try OpenedCheckpoint(note, keys: [key.verifierKey])
      #expect(reply.number("size") == 5 && opened.size == 5)
      #expect(reply.text("root") == Base64.encode(opened.root.bytes))
      #expect(try daemon.store.treeHead().root == opened.root)
      // Nothing came: the same. Ed25519 of this library is randomised, so that a new one would differ.
      _ = try client.ask(Self.event("f"))
      #expect(try client.ask("CHECKPOINT").number("size") == 6)
    }
  }

  @Test func without_a_key_nothing_is_signed_and_it_is_said_how() async throws {
    try await TestDaemon.run { daemon in
      let reply = try daemon.connect().ask("CHECKPOINT")
      #expect(reply.code == "not_found")
      #expect(reply.text("message")?.contains("annals key new") == true)
    }
  }

  @Test func an_inclusion_proof_leads_from_the_line_to_the_root() async throws {
    try await run { _, client in
      for (position, size) in [(1, 5), (3, 3), (3, 5), (5, 5)] as [(UInt64, UInt64)] {
        let line = try #require(try client.ask("GET position=\(position)").rows.first)
        let reply = try client.ask("PROVE position=\(position) size=\(size)")
        #expect(reply.text("leaf") == Base64.encode(Digest256.leaf(of: Array(line.utf8)).bytes))
        let proof = reply.texts("proof").compactMap { Digest256(base64: $0) }
        try ProofVerification.verifyInclusion(
          index: position - 1, size: size, leaf: Digest256.leaf(of: Array(line.utf8)), proof: proof,
          root: #require(reply.text("root").flatMap { Digest256(base64: $0) }))
      }
      #expect(try client.ask("PROVE position=2").number("size") == 5)
    }
  }

  @Test func a_consistency_proof_leads_from_one_root_to_the_other() async throws {
    try await run { daemon, client in
      for from in 1...5 as ClosedRange<UInt64> {
        let reply = try client.ask("PROVE from=\(from) to=5")
        try ProofVerification.verifyConsistency(
          from: from, to: 5, fromRoot: daemon.store.treeHead(size: from).root, toRoot: daemon.store.treeHead().root,
          proof: reply.texts("proof").compactMap { Digest256(base64: $0) })
        #expect(try reply.text("from_root") == Base64.encode(daemon.store.treeHead(size: from).root.bytes))
      }
    }
  }

  @Test(arguments: [
    ("PROVE position=6", "not_found"), ("PROVE position=0", "not_found"), ("PROVE position=4 size=3", "not_found"),
    ("PROVE position=1 size=6", "too_far_ahead"), ("PROVE from=1 to=6", "too_far_ahead"),
    ("PROVE from=5 to=4", "bad_request"),
    ("PROVE position=18446744073709551615 size=18446744073709551615", "too_far_ahead"),
  ])
  func what_cannot_be_proven_is_refused(line: String, code: String) async throws {
    try await run { _, client in
      let reply = try client.ask(line)
      #expect(reply.code == code)
    }
  }

  @Test func a_backup_holds_a_checkpoint_of_its_position_and_verifies() async throws {
    try await run { daemon, client in
      let path = daemon.folder.file("copy")
      let reply = try client.ask("BACKUP path=\(path)")
      #expect(reply.number("position") == 5 && (reply.number("bytes") ?? 0) > 4_096)
      let note = try String(contentsOfFile: "\(path)/checkpoint", encoding: .utf8)
      #expect(try OpenedCheckpoint(note, keys: [key.verifierKey]).size == 5)
      #expect(try StoreVerification.run(path, options: daemon.configuration.log).events == 5)
      #expect(try client.ask("BACKUP path=\(path)").code == "conflict")
      #expect(try client.ask("BACKUP path=\(daemon.folder.file("missing/copy"))").code == "bad_request")
      let inside = "\(daemon.configuration.dataFolder)/copy"
      #expect(try client.ask("BACKUP path=\(inside)").code == "bad_request")
      #expect(try client.ask("BACKUP path=\(inside)/../../data/copy").code == "bad_request")
      #expect(!FileManager.default.fileExists(atPath: inside))
    }
  }

  @Test func lines_behind_a_backup_wait_for_it_and_others_do_not() async throws {
    try await run { daemon, client in
      let path = daemon.folder.file("copy")
      _ = try client.send("BACKUP path=\(path)\nPING\n")
      let other = try daemon.connect()
      #expect(try other.ask("PING").code == nil)
      #expect(try client.reply()?.number("position") == 5)
      #expect(try client.reply()?.text("version") != nil)
    }
  }

  @Test func an_erasure_sent_by_a_client_is_refused() async throws {
    try await run { _, client in
      let leaf = Base64.encode(Digest256.leaf(of: [1]).bytes)
      let event =
        #"{"source":"desk","id":"x","type":"event.erased","data":{"position":1,"leaf":"\#(leaf)","reason":"r"}}"#
      let reply = try client.ask("APPEND \(event)")
      #expect(reply.code == "forbidden" && reply.text("pointer") == "/type")
      #expect(try client.ask("APPEND [\(event)]").text("pointer") == "/0/type")
      #expect(try client.ask("STATUS").number("head") == 5)
    }
  }
}
