import LineProtocol

extension AnnalsClient {
  /// Appends that one call of `append(each:)` keeps under way at once.
  public static let defaultWindow = 512

  /// Appends one event and waits until it is durable.
  ///
  /// - Parameters:
  ///   - event: a JSON object in UTF-8. Line breaks between its tokens do no harm.
  ///   - ifHead: append only if the log's last position is this; 0 for an empty log.
  ///   - ifSubject: append only if the last event of the event's subject is at this position; 0 for none.
  public func append(
    _ event: [UInt8], ifHead: UInt64? = nil, ifSubject: UInt64? = nil
  ) async throws(ClientError) -> AppendReceipt {
    try AppendReceipt(await submitAppend(event, ifHead: ifHead, ifSubject: ifSubject).value.status)
  }

  /// Appends events as one batch, all or none, and waits until they are durable.
  ///
  /// - Parameters:
  ///   - events: JSON objects in UTF-8.
  ///   - ifHead: as for one event.
  ///   - ifSubject: as for one event; it holds for each event's subject.
  public func append(
    batch events: [[UInt8]], ifHead: UInt64? = nil, ifSubject: UInt64? = nil
  ) async throws(ClientError) -> AppendReceipt {
    let body = [UInt8(ascii: "[")] + events.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    return try await append(body, ifHead: ifHead, ifSubject: ifSubject)
  }

  /// Appends events one by one, each a request of its own, without waiting for one before the next is sent.
  ///
  /// - Parameters:
  ///   - events: JSON objects in UTF-8.
  ///   - window: how many requests may be under way at once.
  ///   - receive: called with each event's place in the sequence and what became of it, in order. If it throws, no more
  ///     events are sent; those under way may be recorded all the same.
  /// - Precondition: `window > 0`.
  public func append(
    each events: some Sequence<[UInt8]>, window: Int = AnnalsClient.defaultWindow,
    isolation: isolated (any Actor)? = #isolation,
    _ receive: (_ index: Int, _ outcome: Result<AppendReceipt, ClientError>) throws -> Void
  ) async throws {
    precondition(window > 0, "a window has room for a request")
    // A ring: the request with index i stands at i modulo the window until its reply is received.
    var ring: [PendingReply] = []
    ring.reserveCapacity(window)
    var sent = 0
    for event in events {
      if sent >= window {
        try receive(sent - window, await Self.receipt(ring[sent % window]))
        ring[sent % window] = try submitAppend(event)
      } else {
        ring.append(try submitAppend(event))
      }
      sent += 1
    }
    for index in max(0, sent - window)..<sent {
      try receive(index, await Self.receipt(ring[index % window]))
    }
  }

  private func submitAppend(
    _ body: [UInt8], ifHead: UInt64? = nil, ifSubject: UInt64? = nil
  ) throws(ClientError) -> PendingReply {
    var encoder = RequestEncoder(.append)
    encoder.argument("if-head", ifHead)
    encoder.argument("if-subject", ifSubject)
    encoder.body(body)
    return try submit(utf8: encoder.line)
  }

  private static func receipt(_ reply: PendingReply) async -> Result<AppendReceipt, ClientError> {
    do throws(ClientError) {
      return .success(try AppendReceipt(await reply.value.status))
    } catch {
      return .failure(error)
    }
  }
}
