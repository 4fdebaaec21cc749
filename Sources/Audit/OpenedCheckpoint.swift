import Digests
import Merkle

/// A checkpoint, most often one whose signature was checked.
package struct OpenedCheckpoint: Sendable {
  /// The note as it was given.
  package let note: String
  package let origin: String
  /// Number of events.
  package let size: UInt64
  /// Root of their tree.
  package let root: Digest256
  /// The keys that signed, by name: the log's first.
  package let signers: [String]

  /// Reads a note and checks the signatures of those whose keys are given.
  ///
  /// - Parameter keys: of which one has the name of the note's origin and must have signed; the others are witnesses.
  /// - Throws: a refusal if it is no checkpoint, or not signed by the log, or a signature by one of the keys is wrong.
  package init(_ text: String, keys: [VerifierKey]) throws(ProofRefusal) {
    note = text
    let checkpoint: Checkpoint
    // A witness of the log's name would only say what it has seen. Names are compared byte for byte, since as texts two
    // spellings of one letter are the same.
    let isOfLog: Bool
    do throws(NoteError) {
      let note = try SignedNote(parsing: text)
      checkpoint = try Checkpoint(parsing: note.text)
      let signed = try note.verified(by: keys)
      signers = signed.map(\.name)
      isOfLog = signed.contains { $0.kind == .note && $0.name.utf8.elementsEqual(checkpoint.origin.utf8) }
    } catch { throw ProofRefusal("the checkpoint is refused: \(error)") }
    guard isOfLog else {
      throw ProofRefusal("the checkpoint of \(checkpoint.origin) is not signed by a key of that name that was given")
    }
    origin = checkpoint.origin
    size = checkpoint.size
    root = checkpoint.root
  }

  /// Reads a note and believes it.
  package init(unsigned text: String) throws(ProofRefusal) {
    note = text
    signers = []
    do throws(NoteError) {
      let checkpoint = try Checkpoint(parsing: SignedNote(parsing: text).text)
      (origin, size, root) = (checkpoint.origin, checkpoint.size, checkpoint.root)
    } catch { throw ProofRefusal("the checkpoint is refused: \(error)") }
  }
}
