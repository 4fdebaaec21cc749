import Crypto

/// The private key of a log or a witness.
///
/// It is written as one line, as Go's package `note` has it: `PRIVATE+KEY+name+id+base64(type, seed)`.
package struct SigningKey: Sendable {
  private static let prefix = "PRIVATE+KEY+"

  /// The public part.
  package let verifierKey: VerifierKey
  private let key: Curve25519.Signing.PrivateKey

  /// The name of the key; of a log, its origin.
  package var name: String { verifierKey.name }

  private init(name: String, kind: VerifierKey.Kind, key: Curve25519.Signing.PrivateKey) {
    self.key = key
    verifierKey = VerifierKey(name: name, kind: kind, key: Array(key.publicKey.rawRepresentation))
  }

  /// Makes a new key from the system's random numbers.
  package static func generate(name: String, kind: VerifierKey.Kind = .note) throws(NoteError) -> SigningKey {
    try KeyName.check(name)
    return SigningKey(name: name, kind: kind, key: Curve25519.Signing.PrivateKey())
  }

  /// Reads a key. What is wrong with it is told without repeating any of it.
  package init(parsing text: some StringProtocol) throws(NoteError) {
    let scalars = String(text).unicodeScalars
    guard scalars.starts(with: Self.prefix.unicodeScalars) else {
      throw .malformed("a private key begins with \(Self.prefix)")
    }
    let (name, id, bytes) = try KeyName.parts(of: String(scalars.dropFirst(Self.prefix.unicodeScalars.count)))
    guard let type = bytes.first, let kind = VerifierKey.Kind(rawValue: type),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes.dropFirst())
    else { throw .malformed("a private key has a type, 1 or 4, and 32 bytes") }
    self.init(name: name, kind: kind, key: key)
    guard verifierKey.id == id else { throw .malformed("the key's number is not what is written") }
  }

  /// The key as its file holds it.
  package var privateEncoding: String {
    let bytes = [verifierKey.kind.rawValue] + Array(key.rawRepresentation)
    return "\(Self.prefix)\(name)+\(KeyName.text(verifierKey.id))+\(Base64.encode(bytes))"
  }

  /// Signs a message.
  func signature(of message: [UInt8]) -> [UInt8] {
    do { return Array(try key.signature(for: message)) } catch {
      // Ed25519 signs any message; only a broken library would fail.
      preconditionFailure("a message was not signed: \(error)")
    }
  }
}
