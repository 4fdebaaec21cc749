import Files
import Merkle

/// Adds the cosignatures of witnesses to a checkpoint that is kept.
package enum Cosigning {
  /// Takes the signatures of a note into the kept checkpoint of its size.
  ///
  /// - Parameters:
  ///   - keys: the log's first, then those of the witnesses; lines of others are left out.
  /// - Returns: who has signed the kept checkpoint now, of these.
  /// - Throws: ``ProofRefusal`` where the note is not one of the keys, or not of the checkpoint kept; `FileError`.
  package static func add(_ text: String, keys: [VerifierKey], to folder: CheckpointFolder) throws -> [String] {
    let opened = try OpenedCheckpoint(text, keys: keys)
    guard let bytes = try folder.note(of: opened.size) else {
      throw ProofRefusal("no checkpoint of \(opened.size) events is kept in \(folder.path)")
    }
    let given = try SignedNote(parsing: text)
    var note = try SignedNote(parsing: String(decoding: bytes, as: UTF8.self))
    guard note.text == given.text else {
      throw ProofRefusal("the checkpoint kept of \(opened.size) events has another text")
    }
    for signature in given.signatures where keys.contains(where: signature.names) {
      try note.add(signature)
    }
    try folder.keep(Array(note.description.utf8), size: opened.size)
    return try note.verified(by: keys).map(\.name)
  }
}
