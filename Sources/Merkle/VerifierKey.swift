import Crypto

/// The public key of a log or a witness, a *vkey* of C2SP signed-note: `name+id+base64(type, key)`.
package struct VerifierKey: Hashable, Sendable {
  /// What a key signs. Types of other numbers are not known here.
  package enum Kind: UInt8, Sendable {
    /// The text of a note, with Ed25519 (RFC 8032).
    case note = 0x01
    /// A checkpoint and a time, with Ed25519 (C2SP tlog-cosignature).
    case cosignature = 0x04
  }

  /// Bytes of a public key of Ed25519.
  private static let keyBytes = 32

  /// The name of the key; of a log, its origin.
  package let name: String
  /// The key's number, which stands in each signature.
  package let id: UInt32
  package let kind: Kind
  /// The public key as RFC 8032 has it, 32 bytes.
  package let key: [UInt8]

  /// - Precondition: the name can be one, and the key has 32 bytes.
  init(name: String, kind: Kind, key: [UInt8]) {
    self.name = name
    self.kind = kind
    self.key = key
    id = KeyName.id(name, type: kind.rawValue, key: key)
  }

  /// Reads a key.
  package init(parsing text: some StringProtocol) throws(NoteError) {
    let (name, id, bytes) = try KeyName.parts(of: text)
    guard let type = bytes.first, let kind = Kind(rawValue: type) else {
      throw .malformed("only Ed25519 keys are known, of type 1 (notes) or 4 (cosignatures)")
    }
    guard bytes.count == 1 + Self.keyBytes else { throw .malformed("an Ed25519 key has \(Self.keyBytes) bytes") }
    self.init(name: name, kind: kind, key: Array(bytes.dropFirst()))
    guard self.id == id else { throw .malformed("the key's number is \(KeyName.text(self.id)), not what is written") }
  }

  /// Whether `signature` is this key's over `message`.
  func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}

extension VerifierKey: CustomStringConvertible {
  package var description: String {
    "\(name)+\(KeyName.text(id))+\(Base64.encode([kind.rawValue] + key))"
  }
}
