/// `GET`: which event.
package enum EventAddress: Equatable, Sendable {
  /// By its place in the log, from 1.
  case position(UInt64)
  /// By the pair that names it for ever.
  case event(source: String, id: String)
}
