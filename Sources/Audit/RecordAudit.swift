import Claims
import Digests
import EventLog
import JSON
import Merkle

/// Checks a log line by line: positions without a gap, each event against its schema, times that do not decrease, the tree against
/// checkpoints, erasures against their records. Memory does not grow with the log.
package struct RecordAudit {
  /// A root that the tree must have had.
  package struct ExpectedRoot: Hashable, Sendable {
    package let size: UInt64
    package let root: Digest256
    /// Where it is from, for messages: a file's name.
    package let label: String

    package init(size: UInt64, root: Digest256, label: String) {
      self.size = size
      self.root = root
      self.label = label
    }
  }

  private struct Erasure {
    let by: UInt64
    let leaf: Digest256
  }

  private let parser = DurableEvent.lineParser()
  /// The largest size first, so that the next one is taken from the end.
  private var expected: [ExpectedRoot]
  private var tree = Frontier()
  /// The largest size at which a root agreed.
  private var agreed: UInt64 = 0
  private var lastRecorded = Timestamp(microseconds: .min)
  /// Erased events whose record has not come yet.
  private var unexplained: [UInt64: Erasure] = [:]
  /// Positions that were erased; those that records of erasure named.
  package private(set) var erased = 0

  /// - Parameter expected: roots the log must have, of any sizes.
  package init(_ expected: [ExpectedRoot]) {
    self.expected = expected.sorted { $0.size > $1.size }
  }

  /// The last position taken in.
  package var position: UInt64 { tree.size }

  /// The root of the tree of all that was taken in.
  package var root: Digest256 { tree.root }

  /// Takes in the line at the next position, as replayed.
  ///
  /// - Returns: its leaf hash.
  package mutating func take(_ line: [UInt8]) throws(AuditFinding) -> Digest256 {
    try checkRoots()
    let position = tree.size + 1
    let event: DurableEvent
    do throws(EventLogError) { event = try DurableEvent(reading: line, at: position, with: parser) } catch {
      throw AuditFinding(.event, "\(error)", position: position)
    }
    _ = tree.append(event.leaf)
    if let tombstone = event.tombstone {
      unexplained[position] = Erasure(by: tombstone.by, leaf: event.leaf)
      erased += 1
      return event.leaf
    }
    guard event.recorded >= lastRecorded else {
      throw AuditFinding(
        .time, "event \(position) was recorded at \(event.recorded), before the one in front of it, at \(lastRecorded)",
        position: position)
    }
    lastRecorded = event.recorded
    if let record = event.event.body as? EventErased { try explain(record, at: position) }
    return event.leaf
  }

  /// Says that no more lines follow.
  package mutating func finish() throws(AuditFinding) {
    try checkRoots()
    if let first = unexplained.min(by: { $0.key < $1.key }) {
      throw AuditFinding(
        .erasure, "event \(first.key) was erased, and event \(first.value.by), which it names, does not record it",
        position: first.key)
    }
    if let longer = expected.last {
      throw AuditFinding(
        .checkpoint,
        "\(longer.label) is of \(longer.size) events, the log has \(tree.size): it was cut short, or is another one",
        position: tree.size + 1)
    }
  }

  private mutating func explain(_ record: EventErased, at position: UInt64) throws(AuditFinding) {
    guard let erasure = unexplained.removeValue(forKey: record.position) else {
      throw AuditFinding(
        .erasure, "event \(position) says that event \(record.position) was erased, which it was not",
        position: record.position)
    }
    guard erasure.by == position, Base64.encode(erasure.leaf.bytes) == record.leaf else {
      throw AuditFinding(
        .erasure, "event \(record.position) was erased, but not as event \(position) records it",
        position: record.position)
    }
  }

  private mutating func checkRoots() throws(AuditFinding) {
    while let next = expected.last, next.size == tree.size {
      guard next.root == tree.root else {
        throw AuditFinding(
          .checkpoint,
          "\(next.label): the tree of \(next.size) events has another root; one of events \(agreed + 1) to \(next.size) was "
            + "changed, or the checkpoint is of another log", position: agreed + 1)
      }
      agreed = next.size
      expected.removeLast()
    }
  }
}
