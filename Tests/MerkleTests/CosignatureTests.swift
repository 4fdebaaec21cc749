import Testing

@testable import Merkle

@Suite struct CosignatureTests {
  static let time: UInt64 = 1_679_315_147
  static let log = "annals.example/log"
  static let witness = "witness.example/w1"

  /// A checkpoint that a log signed, and a witness of it.
  struct Signed {
    let log: SigningKey
    let witness: SigningKey
    var note: SignedNote

    init() throws {
      log = try SigningKey.generate(name: CosignatureTests.log)
      witness = try SigningKey.generate(name: CosignatureTests.witness, kind: .cosignature)
      note = SignedNote(Checkpoint(origin: CosignatureTests.log, size: 7, root: MerkleTree.emptyRoot), by: log)
    }

    /// The note with a line of the witness's with these bytes.
    func note(with bytes: [UInt8]) throws -> SignedNote {
      var note = note
      try note.add(NoteSignature(name: witness.name, id: witness.verifierKey.id, signature: bytes))
      return note
    }
  }

  static func bigEndian(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(number >> (56 - 8 * $0) & 255) } }

  @Test func a_cosigned_checkpoint_is_read_and_verified() throws {
    var signed = try Signed()
    try signed.note.add(Cosignature.line(for: signed.note, by: signed.witness, time: Self.time))
    let note = try SignedNote(parsing: signed.note.description)
    let keys = [signed.log.verifierKey, signed.witness.verifierKey]
    #expect(try note.verified(by: keys) == keys)
    #expect(try note.verified(by: [keys[1]]) == [keys[1]])
    #expect(Cosignature(note.signatures[1].signature)?.time == Self.time)
  }

  /// The message written as in C2SP tlog-cosignature, "Ed25519 signed message".
  @Test func a_witness_signs_the_time_and_the_text() throws {
    let signed = try Signed()
    let line = Cosignature.line(for: signed.note, by: signed.witness, time: Self.time)
    #expect(Array(line.signature.prefix(8)) == [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB])
    #expect(line.signature.count == 72)
    let message =
      "cosignature/v1\ntime 1679315147\nannals.example/log\n7\n\(Base64.encode(MerkleTree.emptyRoot.bytes))\n"
    #expect(signed.witness.verifierKey.isValid(Array(line.signature.dropFirst(8)), of: Array(message.utf8)))
    // And so is one that was made elsewhere.
    let made = signed.witness.signature(of: Array(message.utf8))
    let note = try signed.note(with: Self.bigEndian(Self.time) + made)
    #expect(try note.verified(by: [signed.witness.verifierKey]).count == 1)
  }

  @Test func a_cosignature_with_another_time_or_any_bit_changed_is_refused() throws {
    let signed = try Signed()
    let line = Cosignature.line(for: signed.note, by: signed.witness, time: Self.time)
    let key = signed.witness.verifierKey
    for time in [0, Self.time - 1, Self.time + 1, UInt64(Int64.max)] {
      let note = try signed.note(with: Self.bigEndian(time) + line.signature.dropFirst(8))
      #expect(throws: NoteError.badSignature(name: Self.witness)) { try note.verified(by: [key]) }
    }
    for bit in 0..<(8 * line.signature.count) {
      var bytes = line.signature
      bytes[bit / 8] ^= 1 << (bit % 8)
      let note = try signed.note(with: bytes)
      #expect(throws: NoteError.badSignature(name: Self.witness)) { try note.verified(by: [key]) }
    }
  }

  @Test func a_cosignature_of_another_note_is_refused() throws {
    let signed = try Signed()
    for other in [
      Checkpoint(origin: Self.log, size: 8, root: MerkleTree.emptyRoot),
      Checkpoint(origin: Self.log, size: 7, root: .zero),
      Checkpoint(origin: "annals.example/other", size: 7, root: MerkleTree.emptyRoot),
    ] {
      let line = Cosignature.line(
        for: SignedNote(other, by: signed.log), by: signed.witness, time: Self.time)
      var note = signed.note
      try note.add(line)
      #expect(throws: NoteError.badSignature(name: Self.witness)) {
        try note.verified(by: [signed.witness.verifierKey])
      }
      // Who does not know the witness passes it over.
      #expect(try note.verified(by: [signed.log.verifierKey]).count == 1)
    }
  }

  @Test func a_signature_of_the_text_alone_is_none_of_a_witness() throws {
    let signed = try Signed()
    let plain = signed.witness.signature(of: Array(signed.note.text.utf8))
    for bytes in [plain, Self.bigEndian(Self.time) + plain] {
      let note = try signed.note(with: bytes)
      #expect(throws: NoteError.badSignature(name: Self.witness)) {
        try note.verified(by: [signed.witness.verifierKey])
      }
    }
  }

  @Test func a_checkpoint_signed_with_a_key_of_a_witness_as_if_by_a_log_is_refused() throws {
    let witness = try Signed().witness
    let note = SignedNote(Checkpoint(origin: witness.name, size: 7, root: MerkleTree.emptyRoot), by: witness)
    #expect(throws: NoteError.badSignature(name: Self.witness)) { try note.verified(by: [witness.verifierKey]) }
  }

  @Test func a_time_goes_up_to_the_largest_signed_number_and_no_further() throws {
    let signature = [UInt8](repeating: 1, count: 64)
    #expect(Cosignature(Self.bigEndian(UInt64(Int64.max)) + signature)?.time == UInt64(Int64.max))
    #expect(Cosignature(Self.bigEndian(0) + signature)?.time == 0)
    #expect(Cosignature(Self.bigEndian(1 << 63) + signature) == nil)
    #expect(Cosignature(Self.bigEndian(.max) + signature) == nil)
    let signed = try Signed()
    for time in [0, UInt64(Int64.max)] {
      var note = signed.note
      try note.add(Cosignature.line(for: note, by: signed.witness, time: time))
      #expect(try note.verified(by: [signed.witness.verifierKey]).count == 1)
    }
  }

  @Test(arguments: [0, 8, 64, 71, 73, 136])
  func bytes_of_another_number_are_no_cosignature(count: Int) {
    #expect(Cosignature([UInt8](repeating: 0, count: count)) == nil)
  }
}
