/// The state of the log that an answer is wanted from.
package enum AsOf: Equatable, Sendable {
  /// As it was when this was the last position.
  case position(UInt64)
  /// As it was at this moment: an RFC 3339 date-time as written, its form checked.
  case time(String)
}
