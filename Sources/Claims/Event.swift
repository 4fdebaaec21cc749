import JSON
import Spelling

/// An event as a client sends it: a CloudEvents 1.0 envelope with checked content.
package struct Event: Sendable {
  /// Members of the envelope a client may send.
  package static let clientMembers = ["specversion", "id", "source", "type", "subject", "time", "data"]
  /// Members that the daemon sets, and no client.
  private static let daemonMembers = ["position", "recordedtime", "recordedby"]

  /// Who asserts this (URI-reference). Together with ``id`` the idempotency key.
  package let source: String
  /// Unique within ``source``.
  package let id: String
  /// The event type, e.g. `claim.call`.
  package let type: String
  /// What the event is about.
  package let subject: String?
  /// When the producer made the event (RFC 3339).
  package let time: String?
  /// Whether the client wrote `specversion`; where not, the daemon supplies it.
  package let hasSpecversion: Bool
  /// The checked `data`.
  package let body: any EventBody

  /// Reads and checks an event.
  ///
  /// - Parameter recorded: true for a line of the log, whose first members are the daemon's.
  package init(_ value: JSONValue, recorded: Bool = false) throws(EventError) {
    var reader = try ObjectReader(
      value, members: recorded ? Self.clientMembers + Self.daemonMembers : Self.clientMembers)
    for name in Self.daemonMembers {
      if recorded {
        _ = reader.optional(name)
      } else if let member = value[name] {
        throw EventError("\"\(name)\" is set by the daemon; leave it out", at: member)
      }
    }
    if let version = reader.optional("specversion") {
      guard version.equals("1.0") else { throw EventError("only CloudEvents \"1.0\" is taken", at: version) }
      hasSpecversion = true
    } else {
      hasSpecversion = false
    }
    let sourceMember = try reader.required("source")
    source = try Self.identifier(sourceMember)
    guard !source.utf8.contains(0x20) else { throw EventError("a URI-reference has no blanks", at: sourceMember) }
    id = try Self.identifier(reader.required("id"))
    subject = try reader.optional("subject").map { value throws(EventError) in try Self.identifier(value) }
    time = try reader.optional("time").map { value throws(EventError) in try Self.timestamp(value) }
    let typeMember = try reader.required("type")
    let data = try reader.required("data")
    try reader.finish()
    let name = try typeMember.text()
    guard let entry = EventTypes.named(name) else { throw Self.unknownType(name, at: typeMember) }
    type = name
    var dataReader = try ObjectReader(data, members: entry.members)
    body = try entry.body.init(from: &dataReader)
    try dataReader.finish()
  }

  private static func unknownType(_ name: String, at place: JSONValue) -> EventError {
    let known = EventTypes.all.map { $0.type }
    let near = NearestName.suggestion(for: name, among: known).map { "; did you mean \"\($0)\"?" }
    return EventError(
      "unknown event type \"\(name)\"\(near ?? "; known are \(known.joined(separator: ", "))")", at: place,
      kind: .unknownType)
  }

  /// A source, id or subject: no control characters, no blanks at either end.
  private static func identifier(_ value: JSONValue) throws(EventError) -> String {
    let text = try value.text(limit: TextLimit.identifier)
    let bytes = text.utf8
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw EventError("control characters are not taken here", at: value)
    }
    guard bytes.first != 0x20, bytes.last != 0x20 else {
      throw EventError("begins or ends with a blank", at: value)
    }
    return text
  }

  private static func timestamp(_ value: JSONValue) throws(EventError) -> String {
    let text = try value.text()
    guard Timestamp(text) != nil else {
      throw EventError("expected a time of RFC 3339 such as \"2026-02-04T12:30:00Z\"", at: value)
    }
    return text
  }
}
