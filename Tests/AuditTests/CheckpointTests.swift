import Audit
import Digests
import Files
import Merkle
import Store
import StoreTestSupport
import TestSupport
import Testing

/// `CheckpointSigner`, `CheckpointFolder` and `Cosigning`.
@Suite struct CheckpointTests {
  private static let event =
    #"{"source":"late","id":"x","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#

  private let key: SigningKey
  private let fixture: StoreFixture
  private let folder: CheckpointFolder

  init() throws {
    key = try .generate(name: "example.org/annals")
    fixture = try StoreFixture(holding: PreparedStore.small.get())
    folder = CheckpointFolder(fixture.folder.file("checkpoints"))
  }

  private func withSigner<Result>(_ body: (Store, CheckpointSigner) throws -> Result) throws -> Result {
    try fixture.withStore { try body($0, CheckpointSigner($0, key: key, folder: folder)) }
  }

  private func open(_ note: String) throws -> OpenedCheckpoint { try OpenedCheckpoint(note, keys: [key.verifierKey]) }

  @Test func a_checkpoint_states_what_readers_see() throws {
    try withSigner { store, signer throws in
      let signed = try signer.checkpoint()
      let opened = try open(signed.note)
      #expect(opened.origin == "example.org/annals" && opened.size == store.log.head)
      #expect(try opened.root == store.treeHead().root)
      let earlier = try open(signer.checkpoint(size: 20).note)
      #expect(try earlier.root == store.treeHead(size: 20).root)
    }
  }

  @Test func a_checkpoint_is_kept_once_per_size() throws {
    try withSigner { store, signer throws in
      let head = store.log.head
      #expect(try signer.keep() == head)
      #expect(try signer.keep() == nil)
      _ = try store.append([Self.event])
      #expect(try signer.keep() == head + 1)
      #expect(try folder.sizes() == [head, head + 1])
      #expect(try open(String(decoding: #require(try folder.note(of: head)), as: UTF8.self)).size == head)
      #expect(try TemporaryFolder.names(folder.path).allSatisfy { !$0.hasSuffix(".tmp") })
    }
  }

  @Test func nothing_is_signed_that_contradicts_what_was_signed_before() throws {
    let longer = try withSigner { store, signer throws in
      _ = try store.append([Self.event])
      return try signer.checkpoint().tree
    }
    // A store that lost the last event, as one restored from a backup has.
    let former = try StoreFixture(holding: PreparedStore.small.get())
    try former.withStore { store throws -> Void in
      let signer = CheckpointSigner(store, key: key, folder: folder)
      let shorter = thrown(CheckpointError.self) { try signer.checkpoint() }
      if case .contradicted(_, longer.size, _)? = shorter {} else { Issue.record("\(String(describing: shorter))") }
      // The same number of events, another event.
      _ = try store.append([Self.event.replacing("\"n\"", with: "\"m\"")])
      let other = thrown(CheckpointError.self) { try signer.keep() }
      if case .contradicted? = other {} else { Issue.record("\(String(describing: other))") }
    }
  }

  @Test func a_folder_of_another_key_is_not_gone_on_with() throws {
    _ = try withSigner { _, signer throws in try signer.checkpoint() }
    try fixture.withStore { store throws -> Void in
      let other = CheckpointSigner(store, key: try .generate(name: "example.org/other"), folder: folder)
      let error = thrown(CheckpointError.self) { try other.checkpoint() }
      if case .unreadable? = error {} else { Issue.record("\(String(describing: error))") }
    }
  }

  @Test func cosignatures_are_kept_with_the_checkpoint_and_shown() throws {
    let witness = try SigningKey.generate(name: "witness.example/w", kind: .cosignature)
    let stranger = try SigningKey.generate(name: "stranger.example/s", kind: .cosignature)
    let keys = [key.verifierKey, witness.verifierKey]
    try withSigner { _, signer throws in
      let note = try signer.checkpoint().note
      _ = try signer.keep()
      var returned = try SignedNote(parsing: note)
      try returned.add(Cosignature.line(for: returned, by: witness, time: 1_764_115_200))
      try returned.add(Cosignature.line(for: returned, by: stranger, time: 1_764_115_200))
      #expect(
        try Cosigning.add(returned.description, keys: keys, to: folder) == ["example.org/annals", "witness.example/w"])
      let shown = try signer.checkpoint().note
      #expect(try SignedNote(parsing: shown).signatures.count == 2, "that of a stranger is left out")
      #expect(try OpenedCheckpoint(shown, keys: keys).signers.count == 2)
    }
  }

  @Test func cosignatures_of_another_checkpoint_are_refused() throws {
    let witness = try SigningKey.generate(name: "witness.example/w", kind: .cosignature)
    let keys = [key.verifierKey, witness.verifierKey]
    try withSigner { store, signer throws in
      let size = try #require(try signer.keep())
      let root = Digest256.leaf(of: [1])
      for other in [
        SignedNote(Checkpoint(origin: "example.org/annals", size: size, root: root), by: key),
        SignedNote(Checkpoint(origin: "example.org/annals", size: size + 1, root: root), by: key),
      ] {
        var returned = other
        try returned.add(Cosignature.line(for: returned, by: witness, time: 1))
        #expect(throws: ProofRefusal.self) { try Cosigning.add(returned.description, keys: keys, to: folder) }
      }
    }
  }

  @Test func a_checkpoint_is_opened_only_with_the_key_of_its_origin() throws {
    let note = try withSigner { _, signer throws in try signer.checkpoint().note }
    let other = try SigningKey.generate(name: "example.org/annals").verifierKey
    for keys in [[], [other], [try SigningKey.generate(name: "example.org/b").verifierKey]] {
      #expect(throws: ProofRefusal.self) { try OpenedCheckpoint(note, keys: keys) }
    }
    // A key of another name has signed it; that says nothing of the log.
    let foreign = try SigningKey.generate(name: "example.org/b")
    let forged = SignedNote(try Checkpoint(parsing: SignedNote(parsing: note).text), by: foreign)
    #expect(throws: ProofRefusal.self) { try OpenedCheckpoint(forged.description, keys: [foreign.verifierKey]) }
  }
}
