/// The stable codes of error replies (schema/line-protocol.md, "Error codes").
package enum ErrorCode: String, CaseIterable, Sendable {
  /// The line does not follow the grammar, or an argument's value is missing, doubled or malformed.
  case badRequest = "bad_request"
  /// There is no such verb.
  case unknownVerb = "unknown_verb"
  /// The verb, or the view of a query, has no such argument.
  case unknownArgument = "unknown_argument"
  /// The line passes the limit. The connection is closed.
  case lineTooLong = "line_too_long"
  /// The body is not one valid JSON value.
  case invalidJSON = "invalid_json"
  /// An event breaks the rules of the envelope or of its type.
  case invalidEvent = "invalid_event"
  /// There is no such event type.
  case unknownType = "unknown_type"
  /// There is no such view.
  case unknownView = "unknown_view"
  /// The source and id were recorded before, with other content.
  case idConflict = "id_conflict"
  /// A condition of an append does not hold.
  case conflict
  /// There is no such event or row.
  case notFound = "not_found"
  /// A claim refers to an event that is not recorded.
  case unresolvedReference = "unresolved_reference"
  /// The peer may not do this.
  case forbidden
  /// A limit on connections or on work in flight is reached.
  case busy
  /// The daemon no longer accepts events, until someone has looked after it. Queries go on.
  case readOnly = "read_only"
  /// No space is left to record events. Queries go on.
  case diskFull = "disk_full"
  /// The position waited for was not reached in time.
  case tooFarAhead = "too_far_ahead"
  /// The daemon is stopping. The connection is closed.
  case shuttingDown = "shutting_down"
  /// A fault in the daemon, named in its log.
  case `internal`

  /// Whether the same request may succeed later, with nothing done but waiting or making room.
  package var mayRetry: Bool {
    switch self {
    case .busy, .diskFull, .tooFarAhead, .shuttingDown: true
    default: false
    }
  }
}
