/// The limits of the line protocol. Those of the daemon (connections, bytes in flight, idle time) are its own.
package enum LineLimits {
  /// Bytes of a request line before its LF, unless the daemon is told otherwise: 1 MiB.
  package static let defaultLineLimit = 1 << 20

  /// Bytes of a reply line before its LF that the Swift client accepts: 64 MiB. More than a request may hold, since a
  /// recorded event is longer than its request and a row may rest on many claims.
  package static let replyLineLimit = 64 << 20

  /// Arguments in one request.
  package static let mostArguments = 64

  /// Values in one argument's list.
  package static let mostListItems = 1024

  /// Characters of a request's text that an error message repeats.
  package static let longestEcho = 64

  /// Bytes that a framer without a line in progress keeps allocated, so that one long line does not hold its memory
  /// for as long as the connection lives.
  package static let keptFramerCapacity = 64 << 10
}
