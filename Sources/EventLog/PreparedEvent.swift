import Claims
import JSON

/// An event that passed validation and waits for its position.
package struct PreparedEvent: Sendable {
  /// The checked event.
  package let event: Event
  /// The event exactly as the client sent it, without insignificant white space: `{…}`.
  package let content: [UInt8]

  /// Validates an event as a client sends it.
  package init(_ value: JSONValue) throws(EventError) {
    event = try Event(value)
    var content: [UInt8] = []
    value.appendMinified(to: &content)
    self.content = content
  }
}

/// What a client asks to have appended: one event or a batch, all of it or nothing.
package struct AppendBatch: Sendable {
  /// The events, at least one, in the order of their positions to be.
  package let events: [PreparedEvent]
  /// Append only if the log's last position is this.
  package let ifHead: UInt64?
  /// Append only if the last event of each event's subject is at this position; 0 where there is none yet.
  package let ifSubject: UInt64?
  /// The peer's user, as `recordedby` shows it.
  package let peer: Peer

  package init(_ events: [PreparedEvent], ifHead: UInt64? = nil, ifSubject: UInt64? = nil, by peer: Peer) {
    precondition(!events.isEmpty, "an append without events")
    self.events = events
    self.ifHead = ifHead
    self.ifSubject = ifSubject
    self.peer = peer
  }
}

/// The user on the other side of a socket.
package struct Peer: Hashable, Sendable {
  /// The user's name, or `uid:` and the number where the system has no name for it.
  package let name: String
  /// The name as a JSON string, quotes included.
  let json: [UInt8]

  package init(name: String) {
    self.name = name
    var writer = JSONWriter()
    writer.string(name)
    json = writer.bytes
  }
}

/// What became of an append.
package struct AppendOutcome: Hashable, Sendable {
  /// The position of each event, in the order asked.
  package let positions: [UInt64]
  /// The log's last durable position.
  package let head: UInt64
  /// How many of the events had been recorded before, with the same content.
  package let duplicates: Int
}
