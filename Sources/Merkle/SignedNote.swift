/// A text with signatures: C2SP signed-note.
package struct SignedNote: Hashable, Sendable {
  /// Signatures of one note at the most; sixteen must be taken.
  package static let mostSignatures = 100
  /// Bytes of a note at the most.
  package static let mostBytes = 1 << 20

  /// The text, with its line feed.
  package let text: String
  /// In the order of their lines.
  package private(set) var signatures: [NoteSignature]

  /// Reads a note. Nothing is believed yet: see ``verified(by:)``.
  package init(parsing note: String) throws(NoteError) {
    guard note.utf8.count <= Self.mostBytes else { throw .malformed("a note has at most \(Self.mostBytes) bytes") }
    guard note.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else {
      throw .malformed("a note has no control characters but line feeds")
    }
    // By bytes: as characters, a line feed and what follows it may be one.
    let bytes = Array(note.utf8)
    guard let blank = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
      throw .malformed("a note has a blank line before its signatures")
    }
    guard bytes.last == 0x0A, blank + 2 < bytes.count else {
      throw .malformed("a note ends with signatures, each with a line feed behind it")
    }
    text = String(decoding: bytes[...blank], as: UTF8.self)
    let lines = String(decoding: bytes[(blank + 2)..<(bytes.count - 1)], as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count <= Self.mostSignatures else {
      throw .malformed("a note has at most \(Self.mostSignatures) signatures")
    }
    signatures = []
    for line in lines { signatures.append(try NoteSignature(parsing: line)) }
  }

  /// Signs a checkpoint as a log. Only a key for notes gives a signature that its verifier key verifies.
  package init(_ checkpoint: Checkpoint, by key: SigningKey) {
    text = checkpoint.text
    signatures = [
      NoteSignature(
        name: key.name, id: key.verifierKey.id, signature: key.signature(of: Array(checkpoint.text.utf8)))
    ]
  }

  /// The keys among those given that have signed, in the order of their signatures. Signatures by others are passed
  /// over.
  ///
  /// - Throws: `badSignature` if a signature that names one of them is wrong; `unsigned` if there is none.
  package func verified(by keys: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
    var signers: [VerifierKey] = []
    for signature in signatures {
      guard let key = keys.first(where: { signature.names($0) }) else { continue }
      let isValid =
        switch key.kind {
        case .note: key.isValid(signature.signature, of: Array(text.utf8))
        case .cosignature: Cosignature(signature.signature)?.isValid(of: text, by: key) ?? false
        }
      guard isValid else { throw .badSignature(name: key.name) }
      if !signers.contains(key) { signers.append(key) }
    }
    guard !signers.isEmpty else { throw .unsigned }
    return signers
  }

  /// Adds a signature, unless it is there.
  package mutating func add(_ signature: NoteSignature) throws(NoteError) {
    guard !signatures.contains(signature) else { return }
    guard signatures.count < Self.mostSignatures else {
      throw .malformed("a note has at most \(Self.mostSignatures) signatures")
    }
    signatures.append(signature)
  }
}

extension SignedNote: CustomStringConvertible {
  /// The note as it is kept and sent.
  package var description: String { "\(text)\n\(signatures.map(\.line).joined())" }
}
