/// What a witness adds to a checkpoint: that at a time this was the newest consistent one it had seen of the log (C2SP
/// tlog-cosignature, Ed25519).
package struct Cosignature: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let time: UInt64
  private let signature: [UInt8]

  /// Bytes of the time, which stands before the signature.
  private static let timeBytes = 8
  /// The latest time (C2SP tlog-cosignature, "Format").
  private static let mostTime = UInt64(Int64.max)

  /// Reads the bytes of a signature line; nil where they are none of a cosignature.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.timeBytes + 64 else { return nil }
    time = bytes.prefix(Self.timeBytes).reduce(0) { $0 << 8 | UInt64($1) }
    guard time <= Self.mostTime else { return nil }
    signature = Array(bytes.dropFirst(Self.timeBytes))
  }

  /// Signs a checkpoint as a witness.
  ///
  /// - Parameter time: seconds since 1970.
  /// - Precondition: the key is one for cosignatures, and the time is below 2^63.
  package static func line(for note: SignedNote, by key: SigningKey, time: UInt64) -> NoteSignature {
    precondition(key.verifierKey.kind == .cosignature, "a witness signs with a key of its own kind")
    precondition(time <= mostTime, "a time is below 2^63")
    let bytes = (0..<UInt64(timeBytes)).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
    return NoteSignature(
      name: key.name, id: key.verifierKey.id, signature: bytes + key.signature(of: message(note.text, time: time)))
  }

  /// Whether it is the key's over a checkpoint's text.
  func isValid(of text: String, by key: VerifierKey) -> Bool {
    key.isValid(signature, of: Self.message(text, time: time))
  }

  private static func message(_ text: String, time: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
  }
}
