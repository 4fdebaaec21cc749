/// What other threads tell the connection's own.
enum ConnectionEvent: Sendable {
  /// Requests are waiting to be sent.
  case requestsWaiting
  /// The reader of this reply's rows has taken most of what there was.
  case rowsWanted(PendingReply)
  /// The reader of this reply's rows has gone, or has read them to the end.
  case rowsUnwanted(PendingReply)
}
