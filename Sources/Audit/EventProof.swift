import Digests
import EventLog
import JSON
import Merkle

/// Checks the proof of one event: a C2SP tlog-proof whose extra data is the recorded line.
package struct EventProof: Sendable {
  package let position: UInt64
  /// The recorded line; of an erased event the line that is replayed in its place.
  package let line: [UInt8]
  package let checkpoint: OpenedCheckpoint

  /// Checks everything.
  ///
  /// - Parameter keys: as for ``OpenedCheckpoint``.
  /// - Throws: the first thing that is wrong.
  package init(_ text: String, keys: [VerifierKey]) throws(ProofRefusal) {
    let proof: LogProof
    do throws(NoteError) { proof = try LogProof(parsing: text) } catch { throw ProofRefusal("\(error)") }
    checkpoint = try OpenedCheckpoint(proof.checkpoint, keys: keys)
    guard let line = proof.extra else { throw ProofRefusal("the proof holds no event; its line “extra” is missing") }
    guard proof.index < checkpoint.size else {
      throw ProofRefusal("index \(proof.index) lies behind the checkpoint's \(checkpoint.size) events")
    }
    position = proof.index + 1
    let event: DurableEvent
    do throws(EventLogError) {
      event = try DurableEvent(reading: line, at: position, with: DurableEvent.lineParser())
    } catch { throw ProofRefusal("\(error)") }
    do throws(ProofError) {
      try ProofVerification.verifyInclusion(
        index: proof.index, size: checkpoint.size, leaf: event.leaf, proof: proof.proof, root: checkpoint.root)
    } catch { throw ProofRefusal("the event is not in the checkpoint's tree at this place: \(error)") }
    self.line = line
  }
}
