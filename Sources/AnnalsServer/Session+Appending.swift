import Claims
import EventLog
import JSON
import LineProtocol
import Store
import Synchronization

/// `APPEND`.
extension Session {
  /// Asks to have the events of a line recorded; ``finish(_:_:bytes:)`` follows.
  func submit(_ append: LineProtocol.AppendRequest, _ line: [UInt8]) {
    shared.metrics.requestsTotal.add(1, ordering: .relaxed)
    do throws(ProtocolError) {
      // Asked first, so that a refusal costs little.
      let inFlight = shared.metrics.bytesInFlight.load(ordering: .relaxed)
      let isModest = replies.isEmpty && line.count <= shared.configuration.modestBytes
      guard isModest || inFlight + line.count <= shared.configuration.bytesInFlight else {
        throw ProtocolError(.busy, "too much waits to be recorded; try again shortly")
      }
      let events = try events(append, line)
      shared.metrics.bytesInFlight.add(line.count, ordering: .relaxed)
      let place = replies.reserve(isBatch: append.isBatch)
      let token = shared.receiver.expect(self, place: place, bytes: line.count)
      shared.store.log.append(
        AppendBatch(events, ifHead: append.ifHead, ifSubject: append.ifSubject, by: peer), token: token,
        to: shared.receiver, lane: UInt64(UInt(bitPattern: ObjectIdentifier(self))))
    } catch { fail(error) }
  }

  private func events(
    _ append: LineProtocol.AppendRequest, _ line: [UInt8]
  ) throws(ProtocolError) -> [PreparedEvent] {
    let root: JSONValue
    do throws(JSONError) { root = try shared.parser.parse(line, in: append.body).root } catch {
      throw ProtocolError(error)
    }
    let values = append.isBatch ? Array(root.elements) : [root]
    guard !values.isEmpty else { throw ProtocolError(.badRequest, "the batch is empty", pointer: "") }
    var events: [PreparedEvent] = []
    events.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      let place = append.isBatch ? index : nil
      do throws(EventError) { events.append(try PreparedEvent(value)) } catch {
        throw ProtocolError(error, index: place)
      }
      // Sent by a client it would say what did not happen.
      if events.last?.event.body is EventErased {
        throw ProtocolError(
          .forbidden, "only annals erase records \(EventErased.type), when it has erased an event",
          pointer: place.map { "/\($0)/type" } ?? "/type", index: place)
      }
    }
    return events
  }

  /// Takes the outcome of an append. ``proceed()`` follows once all outcomes of the commit are in.
  func finish(_ place: UInt64, _ outcome: Result<AppendOutcome, AppendError>, bytes: Int) {
    shared.metrics.bytesInFlight.subtract(bytes, ordering: .relaxed)
    var reply: [UInt8] = []
    switch outcome {
    case .success(let outcome):
      lastAppended = max(lastAppended, outcome.positions.max() ?? 0)
      shared.metrics.appendedEventsTotal.add(outcome.positions.count - outcome.duplicates, ordering: .relaxed)
      shared.metrics.duplicateEventsTotal.add(outcome.duplicates, ordering: .relaxed)
      StatusLine.append(
        positions: outcome.positions.span, head: outcome.head, duplicates: outcome.duplicates, to: &reply)
    case .failure(let error):
      let refusal = ProtocolError(error, isBatch: replies.isBatch(at: place))
      count(refusal)
      StatusLine.append(refusal, to: &reply)
    }
    replies.fill(place, with: reply)
  }
}
