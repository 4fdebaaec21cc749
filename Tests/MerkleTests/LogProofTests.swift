import Digests
import Testing

@testable import Merkle

@Suite struct LogProofTests {
  static let hash = Digest256.leaf(of: Array("hash".utf8))
  static let hashText = Base64.encode(hash.bytes)
  static let checkpoint = "annals.example/log\n7\n\(hashText)\n\n\u{2014} annals.example/log AAAAAQECAw==\n"
  static let firstLine = "c2sp.org/tlog-proof@v1"

  static func refusal(_ text: String) -> String? {
    Refusal.of { () throws(NoteError) in _ = try LogProof(parsing: text) }?.description
  }

  @Test(arguments: [nil, "", "{\"type\":\"event\"}", "a\nb\n\nc"], [0, 1, 2, 64])
  func a_proof_is_read_as_it_was_written(extra: String?, count: Int) throws {
    for index in [0, 73_894, UInt64.max] {
      let hashes = (0..<count).map { Digest256.leaf(of: Array("\($0)".utf8)) }
      let proof = LogProof(
        extra: extra.map { Array($0.utf8) }, index: index, proof: hashes, checkpoint: Self.checkpoint)
      #expect(try LogProof(parsing: proof.description) == proof)
    }
  }

  @Test func a_proof_is_written_as_the_format_has_it() {
    let proof = LogProof(extra: Array("line".utf8), index: 4, proof: [Self.hash, .zero], checkpoint: Self.checkpoint)
    let expected = """
      c2sp.org/tlog-proof@v1
      extra bGluZQ==
      index 4
      \(Self.hashText)
      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

      annals.example/log
      7
      \(Self.hashText)

      \u{2014} annals.example/log AAAAAQECAw==

      """
    #expect(proof.description == expected)
  }

  @Test func a_proof_leads_from_its_leaf_to_the_root_of_its_checkpoint() throws {
    let model = ModelTree(size: 7)
    let key = try SigningKey.generate(name: "annals.example/log")
    let note = SignedNote(Checkpoint(origin: key.name, size: 7, root: model.root(7)), by: key)
    let written = LogProof(
      extra: nil, index: 4, proof: model.inclusionProof(index: 4, size: 7), checkpoint: note.description)
    let proof = try LogProof(parsing: written.description)
    let read = try SignedNote(parsing: proof.checkpoint)
    #expect(try read.verified(by: [key.verifierKey]).count == 1)
    let checkpoint = try Checkpoint(parsing: read.text)
    try ProofVerification.verifyInclusion(
      index: proof.index, size: checkpoint.size, leaf: model.leaves[4], proof: proof.proof, root: checkpoint.root)
  }

  /// What stands behind the empty line is for the readers of notes.
  @Test(arguments: ["", "anything", "\n\n", "a\n\nb\n\nc"])
  func the_checkpoint_is_kept_verbatim(_ checkpoint: String) throws {
    #expect(try LogProof(parsing: "\(Self.firstLine)\nindex 0\n\n\(checkpoint)").checkpoint == checkpoint)
  }

  @Test(arguments: [
    ("", "c2sp.org/tlog-proof@v2"), ("", "C2SP.ORG/tlog-proof@v1"), ("", " c2sp.org/tlog-proof@v1"),
    ("", "c2sp.org/tlog-proof@v1 "), ("", "c2sp.org/tlog-proof@v1\r"), ("\n", "c2sp.org/tlog-proof@v1"),
    ("\u{FEFF}", "c2sp.org/tlog-proof@v1"),
  ])
  func another_first_line_is_refused(before: String, line: String) {
    #expect(
      Self.refusal("\(before)\(line)\nindex 0\n\n\(Self.checkpoint)") == "line 1: a proof begins with \(Self.firstLine)"
    )
  }

  @Test(arguments: ["extra Z", "extra Zh==", "extra  Zg==", "extra Zg== ", "extra Zg==\r", "extra é"])
  func a_wrong_extra_line_is_named(_ line: String) {
    #expect(
      Self.refusal("\(Self.firstLine)\n\(line)\nindex 0\n\n\(Self.checkpoint)")
        == "line 2: what stands behind “extra” is not base64")
  }

  static let unfitIndices = [
    "index", "index ", "index +1", "index -1", "index 01", "index 00", "index  1", "index 1 ", "index 1\r", "Index 1",
    "index x", "index 18446744073709551616", "index ١", hashText,
  ]

  @Test(arguments: unfitIndices)
  func a_wrong_index_line_is_named(_ line: String) {
    let told = "the index is missing, or not in decimal digits"
    #expect(Self.refusal("\(Self.firstLine)\n\(line)\n\n\(Self.checkpoint)") == "line 2: \(told)")
    #expect(Self.refusal("\(Self.firstLine)\nextra Zg==\n\(line)\n\n\(Self.checkpoint)") == "line 3: \(told)")
    #expect(Self.refusal("\(Self.firstLine)\nextra\n\(line)\n\n\(Self.checkpoint)") == "line 2: \(told)")
  }

  @Test func a_proof_that_ends_before_its_index_is_refused() {
    let told = "the index is missing, or not in decimal digits"
    #expect(Self.refusal("\(Self.firstLine)\n\n\(Self.checkpoint)") == "line 2: \(told)")
    #expect(Self.refusal("\(Self.firstLine)\nextra Zg==\n\n\(Self.checkpoint)") == "line 3: \(told)")
  }

  static let unfitHashes = [
    "Zg==", String(hashText.dropLast()), "\(hashText) ", " \(hashText)", "\(hashText)\r", "\(hashText)AAAA", "index 0",
    "extra Zg==", "x",
  ]

  @Test(arguments: unfitHashes)
  func a_wrong_hash_is_named_by_its_line(_ line: String) {
    let told = "a hash is 32 bytes in base64"
    let head = "\(Self.firstLine)\nindex 0\n"
    #expect(Self.refusal("\(head)\(line)\n\n\(Self.checkpoint)") == "line 3: \(told)")
    #expect(
      Self.refusal("\(head)\(Self.hashText)\n\(line)\n\(Self.hashText)\n\n\(Self.checkpoint)") == "line 4: \(told)")
    let extra = "\(Self.firstLine)\nextra Zg==\nindex 0\n"
    #expect(Self.refusal("\(extra)\(Self.hashText)\n\(line)\n\n\(Self.checkpoint)") == "line 5: \(told)")
  }

  @Test func more_hashes_than_a_tree_is_high_are_refused() {
    let hashes = String(repeating: "\(Self.hashText)\n", count: 65)
    #expect(
      Self.refusal("\(Self.firstLine)\nindex 0\n\(hashes)\n\(Self.checkpoint)")
        == "line 67: a proof has at most 64 hashes")
    #expect(
      Self.refusal("\(Self.firstLine)\nextra Zg==\nindex 0\n\(hashes)\n\(Self.checkpoint)")
        == "line 68: a proof has at most 64 hashes")
  }

  @Test(arguments: ["", "\n", "c2sp.org/tlog-proof@v1\nindex 0\n", "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nnote"])
  func a_proof_without_an_empty_line_is_refused(_ text: String) {
    #expect(Self.refusal(text) == "a proof has an empty line before its checkpoint")
  }
}
