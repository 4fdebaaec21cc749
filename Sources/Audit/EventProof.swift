import Digests
import EventLog
import JSON
import Merkle

/// Checks the proof of one event: a C2SP tlog-proof whose extra data is the recorded line.
package struct EventProof: Sendable {
  package let position: UInt64
  /// The recorded line; of an erased event one with its position and leaf hash alone.
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
    let standIn = ErasedLine.provenLeaf(in: line, at: position)
    let leaf = if let standIn { standIn } else { try Self.leaf(of: line, at: position) }
    do throws(ProofError) {
      try ProofVerification.verifyInclusion(
        index: proof.index, size: checkpoint.size, leaf: leaf, proof: proof.proof, root: checkpoint.root)
    } catch { throw ProofRefusal("the event is not in the checkpoint's tree at this place: \(error)") }
    self.line = line
  }

  private static func leaf(of line: [UInt8], at position: UInt64) throws(ProofRefusal) -> Digest256 {
    let event: DurableEvent
    do throws(EventLogError) {
      event = try DurableEvent(reading: line, at: position, with: DurableEvent.lineParser())
    } catch { throw ProofRefusal("\(error)") }
    guard event.tombstone == nil else {
      throw ProofRefusal("event \(position) was erased; by which is not proven here")
    }
    return event.leaf
  }

  /// What the proof of an event holds of it.
  ///
  /// - Parameter line: as `GET` gives it.
  package static func extra(of line: [UInt8]) -> [UInt8] {
    guard let root = try? DurableEvent.lineParser().parse(line).root, let (tombstone, leaf) = ErasedLine.read(root)
    else {
      return line
    }
    return ErasedLine.proven(position: tombstone.position, leaf: leaf)
  }
}
