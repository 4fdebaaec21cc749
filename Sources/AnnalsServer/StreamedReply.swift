/// A reply that is sent piece by piece, as fast as the client takes it. Touched only on the event loop of its session.
protocol StreamedReply: AnyObject {
  /// Begins, or goes on now that the client has taken what was sent.
  func resume()
  /// Ends where it stands: the daemon stops.
  func stop()
}
