/// `APPEND`: events to record.
package struct AppendRequest: Equatable, Sendable {
  /// Record only if the log's last position is this; 0 for an empty log.
  package let ifHead: UInt64?
  /// Record only if the last event of each event's subject is at this position; 0 for none yet.
  package let ifSubject: UInt64?
  /// Where the JSON stands in the bytes that were parsed. Only its first byte was looked at.
  package let body: Range<Int>
  /// Whether the body is an array of events rather than one event.
  package let isBatch: Bool

  package init(ifHead: UInt64? = nil, ifSubject: UInt64? = nil, body: Range<Int>, isBatch: Bool) {
    self.ifHead = ifHead
    self.ifSubject = ifSubject
    self.body = body
    self.isBatch = isBatch
  }
}
