import Claims
import Digests
import JSON
import Merkle
import Threads

extension PreparedEvent {
  /// The source of the events that record erasures; their ids are the positions erased.
  package static let erasureSource = "annals:erase"

  /// The event that records that another was erased.
  ///
  /// - Throws: what is wrong with the reason.
  package static func erasure(
    of position: UInt64, leaf: Digest256, reason: String
  ) throws(EventError) -> PreparedEvent {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in [("source", erasureSource), ("id", String(position)), ("type", EventErased.type)] {
      writer.key(name)
      writer.string(value)
    }
    writer.key("data")
    writer.beginObject()
    writer.key("position")
    writer.int(position)
    writer.key("leaf")
    writer.string(Base64.encode(leaf.bytes))
    writer.key("reason")
    writer.string(reason)
    writer.endObject()
    writer.endObject()
    guard let document = try? DurableEvent.lineParser().parse(writer.bytes) else {
      preconditionFailure("JSON that was just written")
    }
    return try PreparedEvent(document.root)
  }
}

extension EventLog {
  /// Appends and waits until it is durable. Blocks the thread; for tools.
  package func append(_ batch: AppendBatch) throws(AppendError) -> AppendOutcome {
    let receiver = WaitingReceiver()
    append(batch, token: 0, to: receiver)
    return try receiver.outcome.wait(until: { $0 != nil }, then: { $0! }).get()
  }
}

private final class WaitingReceiver: AppendReceiver {
  let outcome = Monitor<Result<AppendOutcome, AppendError>?>(nil)

  func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    outcome.change { $0 = outcomes.first?.outcome }
  }
}
