import Glibc

/// Why a request got no good answer.
public enum ClientError: Error, Sendable {
  /// Nobody answers at the socket. `errno` is the system's error number.
  case cannotConnect(socket: String, errno: Int32)
  /// The connection ended before the reply did. `isMidReply` tells whether a part of it had come; `errno` why, where
  /// the system said so. Whether the request was carried out is not known; an append may be sent again without harm.
  case connectionClosed(isMidReply: Bool, errno: Int32?)
  /// The daemon answered with an error.
  case server(ServerError)
  /// What came is not the protocol: no daemon of this kind, or another version.
  case malformedReply(String)
  /// What was to be sent is no request line. Nothing was sent.
  case invalidRequest(String)
}

extension ClientError: CustomStringConvertible {
  /// What happened and what to do, in a sentence or two.
  public var description: String {
    switch self {
    case .cannotConnect(let socket, let errno):
      "Cannot connect to \(socket): \(Self.text(of: errno)). Is the daemon running? `annals serve` starts it."
    case .connectionClosed(let isMidReply, let errno):
      "The daemon closed the connection \(isMidReply ? "in the middle of a reply" : "without a reply")"
        + (errno.map { ": \(Self.text(of: $0))." } ?? ".")
    case .server(let error): error.description
    case .malformedReply(let reason): "The reply is not understood: \(reason)"
    case .invalidRequest(let reason): "The request cannot be sent: \(reason)"
    }
  }

  private static func text(of errno: Int32) -> String { "\(String(cString: strerror(errno))) (errno \(errno))" }
}
