import Testing

@testable import Merkle

/// C2SP signed-note, "Format".
@Suite struct NoteFormatTests {
  static let line = SignatureTests.line("a.example", id: 1, [1, 2, 3])

  @Test(arguments: Array(UInt8(0)..<0x20).filter { $0 != 0x0A })
  func a_control_character_is_refused_wherever_it_stands(_ byte: UInt8) {
    let control = String(UnicodeScalar(byte))
    for note in [
      "\(control)text\n\n\(Self.line)", "te\(control)xt\n\n\(Self.line)", "text\(control)\n\n\(Self.line)",
      "text\n\n\(control)\(Self.line)", "text\n\n\(Self.line)\(control)",
      "text\n\n\(SignatureTests.line("a\(control)b", id: 1, [1]))",
    ] {
      #expect(throws: NoteError.malformed("a note has no control characters but line feeds")) {
        try SignedNote(parsing: note)
      }
    }
  }

  @Test func lines_that_end_as_elsewhere_are_refused() throws {
    let note = try Fixtures.text("c2sp/note_peter.txt")
    #expect(throws: NoteError.self) { try SignedNote(parsing: note.replacing("\n", with: "\r\n")) }
    #expect(throws: NoteError.self) { try SignedNote(parsing: note.replacing("\n", with: "\r")) }
  }

  @Test(arguments: [
    "", "\n", "\n\n", "\n\n\n", "text", "text\n", "text\n\n", "text\n\n\n", line, "\n\(line)", "text\n\(line)",
    "text\(line)",
    "text\n\n\(line)\n", "text\n\n\(line)\n\n", "text\n\n\(line.dropLast())", "text\n \n\(line)",
    "text\n\n\(line)more\n", "text\n\nmore\n\(line)", "text\n\n\(line)\n\(line)more\n",
  ])
  func a_text_without_a_blank_line_and_signatures_at_its_end_is_refused(_ note: String) {
    #expect(throws: NoteError.self) { try SignedNote(parsing: note) }
  }

  @Test(arguments: [
    // The mark: another dash, none, no blank, two blanks.
    "- a.example AAAAAQECAw==", "\u{2013} a.example AAAAAQECAw==", "a.example AAAAAQECAw==",
    "\u{2014}a.example AAAAAQECAw==", "\u{2014}  a.example AAAAAQECAw==", " \u{2014} a.example AAAAAQECAw==",
    "\u{2014}\u{301} a.example AAAAAQECAw==", "\u{2014}\u{A0}a.example AAAAAQECAw==",
    // The name.
    "\u{2014} AAAAAQECAw==", "\u{2014}  AAAAAQECAw==", "\u{2014} a+b AAAAAQECAw==", "\u{2014} a b AAAAAQECAw==",
    "\u{2014} a\u{2003}b AAAAAQECAw==",
    // The signature: none, only a number, not canonical, with something behind it.
    "\u{2014} a.example", "\u{2014} a.example ", "\u{2014} a.example AAAAAQ==", "\u{2014} a.example AAAA",
    "\u{2014} a.example AAAAAQECAw", "\u{2014} a.example AAAAAQECAx==", "\u{2014} a.example AAAAAQECAw== ",
    "\u{2014} a.example AAAAAQECAw== more", "\u{2014} a.example AAAAAQECAw==\u{301}",
  ])
  func a_signature_line_that_is_not_as_it_should_be_is_refused(_ line: String) throws {
    #expect(try SignedNote(parsing: "text\n\n\(Self.line)").signatures.count == 1)
    #expect(throws: NoteError.self) { try SignedNote(parsing: "text\n\n\(line)\n") }
    #expect(throws: NoteError.self) { try SignedNote(parsing: "text\n\n\(Self.line)\(line)\n") }
    #expect(throws: NoteError.self) { try SignedNote(parsing: "text\n\n\(line)\n\(Self.line)") }
  }

  /// The last empty line is the one before the signatures.
  @Test(arguments: ["\n", "\n\n", "a\n\nb\n", "a\n\n\n\n", "\n\na\n", "a\n\n\u{2014} a.example AAAAAQECAw==\n"])
  func a_text_may_have_empty_lines_and_lines_that_look_like_signatures(_ text: String) throws {
    let note = try SignedNote(parsing: "\(text)\n\(Self.line)")
    #expect(note.text == text)
    #expect(note.signatures.count == 1)
    #expect(note.description == "\(text)\n\(Self.line)")
  }

  /// As characters, each has something in it that joins with a line feed, a blank or a dash, or looks like one.
  @Test(arguments: [
    "\u{301}text\n", "text\n\u{301}\n", "text\n\n\u{301}\n", "\u{200D}\n\u{200D}\n", "\u{FEFF}text\n", "text\u{85}\n",
    "te\u{2028}xt\u{2029}\n", "\u{600}\n", "e\u{301}\n", "\u{E9}\n", "\u{7F}\n", "नमस्ते\n", "👩‍👩‍👧\n", "\u{10FFFF}\n",
  ])
  func any_unicode_text_is_kept_byte_for_byte_and_verified(_ text: String) throws {
    let key = try Fixtures.signingKey()
    let signed = SignatureTests.signed(text, by: key)
    let note = try SignedNote(parsing: signed)
    #expect(Array(note.text.utf8) == Array(text.utf8))
    #expect(Array(note.description.utf8) == Array(signed.utf8))
    #expect(try note.verified(by: [key.verifierKey]).count == 1)
  }

  /// Text that looks the same, in other bytes, is not what was signed.
  @Test func a_text_in_another_spelling_of_unicode_is_not_the_one_signed() throws {
    let key = try Fixtures.signingKey()
    let signed = SignatureTests.signed("caf\u{E9}\n", by: key)
    let other = try SignedNote(parsing: "cafe\u{301}\n" + signed.dropFirst("caf\u{E9}\n".count))
    #expect(throws: NoteError.badSignature(name: key.name)) { try other.verified(by: [key.verifierKey]) }
  }

  @Test(arguments: KeyTests.names)
  func names_of_any_letters_are_read_on_signature_lines(name: String) throws {
    let key = try SigningKey.generate(name: name)
    let note = try SignedNote(parsing: SignatureTests.signed("text\n", by: key))
    #expect(note.signatures.map { Array($0.name.utf8) } == [Array(name.utf8)])
    #expect(try note.verified(by: [key.verifierKey]) == [key.verifierKey])
  }
}
