import Digests
import Testing

@testable import Merkle

@Suite struct KeyTests {
  @Test(arguments: ["PeterNeumann", "EnochRoot"])
  func a_public_key_is_read_and_written_as_it_was(name: String) throws {
    let text = try #require(try Fixtures.keys("vkey").first { $0.hasPrefix(name) })
    let key = try VerifierKey(parsing: text)
    #expect(key.name == name)
    #expect(key.kind == .note)
    #expect(key.key.count == 32)
    #expect(key.description == text)
  }

  @Test func the_published_bad_keys_are_refused() throws {
    let keys = try Fixtures.keys("bad-vkey")
    #expect(keys.count == 2)
    // Its base 64 is not canonical.
    #expect(throws: NoteError.malformed("a key is written name+8 hexadecimal digits+base64")) {
      try VerifierKey(parsing: keys[0])
    }
    #expect(throws: NoteError.malformed("only Ed25519 keys are known, of type 1 (notes) or 4 (cosignatures)")) {
      try VerifierKey(parsing: keys[1])
    }
  }

  @Test(arguments: [0, 1, 31, 33, 64])
  func a_key_of_another_length_is_refused(count: Int) {
    let key = [UInt8](repeating: 9, count: count)
    let text = "a+\(KeyName.text(KeyName.id("a", type: 1, key: key)))+\(Base64.encode([1] + key))"
    #expect(throws: NoteError.malformed("an Ed25519 key has 32 bytes")) { try VerifierKey(parsing: text) }
    #expect(throws: NoteError.malformed("a private key has a type, 1 or 4, and 32 bytes")) {
      try SigningKey(parsing: "PRIVATE+KEY+\(text)")
    }
  }

  @Test(arguments: [
    "", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a3+", "+c74f20a3+ARpc",
    // The number: too short, in capitals, with a sign, another one.
    "PeterNeumann+74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann++74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    // Another name than the number was made of; another type; another key.
    "EnochRoot+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",
    // Blanks and line ends around or within it.
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
    " PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  ])
  func a_public_key_that_is_not_as_it_should_be_is_refused(_ text: String) {
    #expect(throws: NoteError.self) { try VerifierKey(parsing: text) }
  }

  @Test func the_published_private_key_has_the_published_public_one_and_is_written_as_it_was() throws {
    let key = try Fixtures.signingKey()
    #expect(key.verifierKey == (try Fixtures.verifierKey("PeterNeumann")))
    #expect([key.privateEncoding] == (try Fixtures.keys("skey")))
  }

  @Test func a_private_key_that_is_not_as_it_should_be_is_refused_and_not_repeated() throws {
    let good = try Fixtures.signingKey().privateEncoding
    let secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    #expect(good.hasSuffix(secret))
    let bad = [
      "", "PeterNeumann+c74f20a3+\(secret)", "private+key+PeterNeumann+c74f20a3+\(secret)",
      "PRIVATE+KEY+PeterNeumann+c74f20a4+\(secret)", "PRIVATE+KEY+EnochRoot+c74f20a3+\(secret)",
      "PRIVATE+KEY+PeterNeumann+c74f20a3+\(secret.dropLast(4))", "\(good)\n", " \(good)", "\(good)AAAA",
      "PRIVATE+KEY+PeterNeumann+c74f20a3+ZYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
      "PRIVATE+KEY+PeterNeumann+c74f20a3+BIEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "PRIVATE+KEY+",
      "PRIVATE+KEY+PeterNeumann+c74f20a3+",
    ]
    for text in bad {
      let refusal = Refusal.of { () throws(NoteError) in _ = try SigningKey(parsing: text) }
      let told = try #require(refusal, "\(text)").description
      #expect(!told.contains("AYEKF") && !told.contains("KDFz"), "\(told)")
    }
  }

  /// The last ones join with the plus sign or the blank beside them, as a reader sees them.
  static let names = [
    "annals.example/log", "witness.example/w1", "é", "日志", "a\u{301}", "x\u{200D}", "\u{301}x", "x\u{600}", "👩‍👩‍👧",
  ]

  @Test(arguments: names, [VerifierKey.Kind.note, .cosignature])
  func a_generated_key_is_read_as_it_was_written(name: String, kind: VerifierKey.Kind) throws {
    let key = try SigningKey.generate(name: name, kind: kind)
    let read = try SigningKey(parsing: key.privateEncoding)
    #expect(read.verifierKey == key.verifierKey)
    #expect(read.privateEncoding == key.privateEncoding)
    #expect(read.name == name)
    let verifier = try VerifierKey(parsing: key.verifierKey.description)
    #expect(verifier == key.verifierKey)
    #expect(verifier.kind == kind)
    let message = Array("a message".utf8)
    #expect(verifier.isValid(read.signature(of: message), of: message))
  }

  @Test func generated_keys_differ() throws {
    let keys = try (0..<8).map { _ in try SigningKey.generate(name: "annals.example/log").verifierKey }
    #expect(Set(keys).count == keys.count)
  }

  @Test func a_key_has_another_number_for_each_name_and_kind() throws {
    let key = try Fixtures.verifierKey("PeterNeumann").key
    let numbers = [("a", UInt8(1)), ("a", 4), ("b", 1), ("b", 4)].map { KeyName.id($0, type: $1, key: key) }
    #expect(Set(numbers).count == 4)
  }

  @Test(arguments: [
    "", " ", "a b", "a+b", "+", "a\n", "\ta", "a\u{A0}b", "a\u{2003}b", "a\u{3000}b", "a\u{85}b", "a\u{2028}b", "a\0b",
    "a\u{7F}b", "a+\u{301}b", "a \u{301}b", String(repeating: "a", count: 1_025),
  ])
  func a_name_with_blanks_plus_signs_or_control_characters_is_refused(_ name: String) {
    #expect(throws: NoteError.self) { try SigningKey.generate(name: name) }
  }
}
