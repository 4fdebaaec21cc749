import Testing

@testable import Merkle

@Suite struct SignatureTests {
  static func peter() throws -> SignedNote { try SignedNote(parsing: try Fixtures.text("c2sp/note_peter.txt")) }

  /// Signs any text; ``SignedNote`` itself signs only checkpoints.
  static func signed(_ text: String, by keys: SigningKey...) -> String {
    let lines = keys.map {
      NoteSignature(name: $0.name, id: $0.verifierKey.id, signature: $0.signature(of: Array(text.utf8))).line
    }
    return "\(text)\n\(lines.joined())"
  }

  /// A signature line of any name and bytes.
  static func line(_ name: String, id: UInt32, _ signature: [UInt8]) -> String {
    NoteSignature(name: name, id: id, signature: signature).line
  }

  static let checkpoint = Checkpoint(origin: "annals.example/log", size: 7, root: MerkleTree.emptyRoot)

  @Test(arguments: [("note_peter.txt", ["PeterNeumann"]), ("note_peter_enoch.txt", ["PeterNeumann", "EnochRoot"])])
  func a_published_note_is_read_verified_and_written_as_it_was(file: String, signers: [String]) throws {
    let text = try Fixtures.text("c2sp/\(file)")
    let note = try SignedNote(parsing: text)
    #expect(
      note.text
        == "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n")
    #expect(note.signatures.map(\.name) == signers)
    #expect(note.description == text)
    let keys = try signers.map { try Fixtures.verifierKey($0) }
    #expect(try note.verified(by: keys) == keys)
    // In the order of the signatures, whatever that of the keys.
    #expect(try note.verified(by: keys.reversed()) == keys)
  }

  @Test func the_published_key_signs_as_its_note_was_signed() throws {
    let text = try Self.peter().text
    let note = try SignedNote(parsing: Self.signed(text, by: try Fixtures.signingKey()))
    #expect(try note.verified(by: [try Fixtures.verifierKey("PeterNeumann")]).count == 1)
    #expect(note.signatures[0].id == 0xC74F_20A3)
  }

  @Test func a_checkpoint_is_signed_and_verified() throws {
    let key = try SigningKey.generate(name: "annals.example/log")
    let note = try SignedNote(parsing: SignedNote(Self.checkpoint, by: key).description)
    #expect(try note.verified(by: [key.verifierKey]) == [key.verifierKey])
    #expect(try Checkpoint(parsing: note.text) == Self.checkpoint)
  }

  @Test func signatures_by_keys_not_given_are_passed_over() throws {
    let note = try SignedNote(parsing: try Fixtures.text("c2sp/note_peter_enoch.txt"))
    let enoch = try Fixtures.verifierKey("EnochRoot")
    #expect(try note.verified(by: [enoch]) == [enoch])
    #expect(throws: NoteError.unsigned) { try note.verified(by: []) }
    #expect(throws: NoteError.unsigned) { try Self.peter().verified(by: [enoch]) }
  }

  @Test func a_key_of_the_same_name_or_the_same_number_only_is_another_key() throws {
    let key = try Fixtures.signingKey()
    let namesake = try SigningKey.generate(name: key.name)
    let text = try Self.peter().text
    let id = key.verifierKey.id
    let rubbish = [UInt8](repeating: 7, count: 64)
    let others =
      Self.line(key.name, id: namesake.verifierKey.id, rubbish) + Self.line(key.name, id: id ^ 1, rubbish)
      + Self.line("EnochRoot", id: id, rubbish)
    let note = try SignedNote(parsing: Self.signed(text, by: key) + others)
    #expect(try note.verified(by: [key.verifierKey]) == [key.verifierKey])
    let unsigned = try SignedNote(parsing: "\(text)\n\(others)")
    #expect(throws: NoteError.unsigned) { try unsigned.verified(by: [key.verifierKey]) }
    #expect(throws: NoteError.badSignature(name: key.name)) { try unsigned.verified(by: [namesake.verifierKey]) }
  }

  /// `é` as one scalar and as two are the same to a reader, and other bytes.
  @Test func a_name_in_another_spelling_of_unicode_is_another_name() throws {
    let key = try SigningKey.generate(name: "caf\u{E9}")
    let signature = key.signature(of: Array("text\n".utf8))
    let same = try SignedNote(parsing: "text\n\n" + Self.line("caf\u{E9}", id: key.verifierKey.id, signature))
    let other = try SignedNote(parsing: "text\n\n" + Self.line("cafe\u{301}", id: key.verifierKey.id, signature))
    #expect(try same.verified(by: [key.verifierKey]).count == 1)
    #expect(throws: NoteError.unsigned) { try other.verified(by: [key.verifierKey]) }
  }

  @Test func a_wrong_signature_of_a_key_given_spoils_the_note() throws {
    let (key, other) = (try Fixtures.signingKey(), try SigningKey.generate(name: "other.example"))
    let text = try Self.peter().text
    let good = Self.signed(text, by: key, other)
    let keys = [key.verifierKey, other.verifierKey]
    #expect(try SignedNote(parsing: good).verified(by: keys) == keys)
    for signature in [[UInt8](repeating: 0, count: 64), [1], Array(repeating: 1, count: 65)] {
      let bad = Self.line(key.name, id: key.verifierKey.id, signature)
      // Behind a good one of another key, behind a good one of its own, and before it.
      let notes = [
        Self.signed(text, by: other) + bad, good + bad, good.replacing("\n\n", with: "\n\n\(bad)"),
      ]
      for note in notes {
        let read = try SignedNote(parsing: note)
        #expect(throws: NoteError.badSignature(name: key.name)) { try read.verified(by: keys) }
      }
    }
  }

  @Test func a_note_with_any_bit_of_text_or_signature_changed_is_not_believed() throws {
    let note = try Self.peter()
    let key = try Fixtures.verifierKey("PeterNeumann")
    let (text, signature) = (Array(note.text.utf8), note.signatures[0].signature)
    #expect(key.isValid(signature, of: text))
    for bit in 0..<(8 * text.count) {
      var changed = text
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.isValid(signature, of: changed))
    }
    for bit in 0..<(8 * signature.count) {
      var changed = signature
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.isValid(changed, of: text))
    }
  }

  @Test func a_signature_is_added_once() throws {
    let key = try SigningKey.generate(name: "annals.example/log")
    let witness = try SigningKey.generate(name: "witness.example", kind: .cosignature)
    var note = SignedNote(Self.checkpoint, by: key)
    let line = Cosignature.line(for: note, by: witness, time: 1_700_000_000)
    try note.add(line)
    try note.add(line)
    #expect(note.signatures.map(\.name) == ["annals.example/log", "witness.example"])
    #expect(try SignedNote(parsing: note.description) == note)
  }

  @Test func a_key_that_signed_twice_is_told_once() throws {
    let key = try Fixtures.signingKey()
    let text = try Self.peter().text
    let note = try SignedNote(parsing: Self.signed(text, by: key, key))
    #expect(note.signatures.count == 2)
    #expect(try note.verified(by: [key.verifierKey]) == [key.verifierKey])
  }

  @Test func a_hundred_signatures_are_taken_and_no_more() throws {
    let line = { (number: Int) in Self.line("witness\(number).example", id: UInt32(number), [1]) }
    let hundred = "text\n\n" + (1...100).map(line).joined()
    var note = try SignedNote(parsing: hundred)
    #expect(note.signatures.count == 100)
    #expect(throws: NoteError.malformed("a note has at most 100 signatures")) {
      try SignedNote(parsing: hundred + line(101))
    }
    try note.add(note.signatures[4])
    #expect(note.signatures.count == 100)
    let another = NoteSignature(name: "more.example", id: 1, signature: [1])
    #expect(throws: NoteError.malformed("a note has at most 100 signatures")) { try note.add(another) }
  }

  @Test func a_note_of_more_than_a_mebibyte_is_refused() throws {
    let ending = "\n\n" + Self.line("a", id: 1, [1])
    let longest = String(repeating: "a", count: SignedNote.mostBytes - ending.utf8.count) + ending
    #expect(try SignedNote(parsing: longest).description == longest)
    #expect(throws: NoteError.self) { try SignedNote(parsing: "a" + longest) }
  }
}
