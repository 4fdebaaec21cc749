/// An event that cannot be recorded as it is.
struct Fault: Equatable, Sendable {
  let place: LinePlace
  /// The daemon's stable code; of faults found before sending, the one that the daemon would have given.
  let code: String
  /// What is wrong and what to do.
  let message: String
  /// RFC 6901 pointer to the place in the event; empty for the whole.
  let pointer: String
}
