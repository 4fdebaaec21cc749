import Digests
import Files

/// An open segment whose own header is sound.
struct Segment: Sendable {
  let header: SegmentHeader
  let file: any File

  /// Checks against the header of the segment before: what can be told without reading its frames.
  func checkFollows(_ previous: SegmentHeader) throws(WALError) {
    try checkFollows(previous, position: previous.firstPosition)
  }

  private func checkFollows(_ previous: SegmentHeader, position: UInt64) throws(WALError) {
    try checking(position: position) { () throws(CorruptionReason) in
      guard header.logID == previous.logID else { throw .logID }
      guard header.epoch >= previous.epoch else { throw .epoch }
      guard header.firstPosition >= previous.firstPosition else { throw .position }
    }
  }

  /// Checks that this segment goes on where the frames of the one before end.
  func checkFollows(_ previous: SegmentScanner) throws(WALError) {
    try checkFollows(previous.segment.header, position: previous.nextPosition)
    try checking(position: previous.nextPosition) { () throws(CorruptionReason) in
      guard header.firstPosition == previous.nextPosition else { throw .position }
      guard header.previousHash == previous.lastHash else { throw .previousHash }
    }
  }

  private func checking(position: UInt64, _ body: () throws(CorruptionReason) -> Void) throws(WALError) {
    do throws(CorruptionReason) {
      try body()
    } catch {
      throw .corrupt(Corruption(segment: header.number, offset: 0, position: position, reason: error))
    }
  }
}
