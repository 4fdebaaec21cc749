import LineProtocol

/// The limits of `annals append`.
enum AppendLimits {
  /// Events in a batch unless `--batch` says.
  static let batchEvents = 500
  /// Events in a batch at the most.
  static let mostBatchEvents = 100_000
  /// Bytes of a batch, as a JSON array. Half of what a request may hold: larger ones gain nothing.
  static let batchBytes = LineLimits.defaultLineLimit / 2
  /// Bytes of the verb and conditions before a request's body, at the most: `APPEND if-head=… if-subject=… ` with numbers
  /// of 20 digits.
  private static let requestHead = 64
  /// Bytes of a request's body, a JSON array.
  static let requestBytes = LineLimits.defaultLineLimit - requestHead
  /// Bytes of one event: it must fit into a request, between brackets.
  static let eventBytes = requestBytes - 2
  /// Batches under way at a time.
  static let window = 8
  /// Bytes read from an input at a time.
  static let readBytes = 256 << 10
  /// Seconds in all that are waited for a daemon that cannot take more, before giving up.
  static let patience = 60.0
  /// Seconds of the first wait; each is twice the one before it.
  static let firstWait = 0.1
  /// Seconds of a wait at the most.
  static let longestWait = 5.0
}
