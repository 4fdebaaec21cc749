import Files

/// The socket that a service manager made and started the daemon with (`sd_listen_fds(3)`).
enum SocketActivation {
  /// The descriptor of the first socket that is passed (`SD_LISTEN_FDS_START`).
  private static let firstDescriptor: Int32 = 3

  /// The socket that was passed; nil where none was passed to this process.
  ///
  /// - Parameters:
  ///   - path: where clients are told to look for the daemon. A socket elsewhere is refused: the lock beside it would be
  ///     another's, and what the daemon says of itself wrong.
  ///   - environment: gives the value of a variable: `LISTEN_PID` and `LISTEN_FDS` are asked for.
  ///   - process: the number of this process.
  ///   - first: the descriptor to look at.
  static func passedSocket(
    at path: String, environment: (String) -> String?, process: Int32, first: Int32 = firstDescriptor
  ) throws(ListenError) -> PassedSocket? {
    // What was meant for a process before this one is inherited with the environment.
    guard environment("LISTEN_PID").flatMap({ Int32($0) }) == process,
      let count = environment("LISTEN_FDS").flatMap({ Int32($0) }), count > 0
    else { return nil }
    guard count == 1 else { throw .passedSeveral(Int(count)) }
    guard let socket = PassedSocket(descriptor: first) else { throw .passedUnfit }
    guard socket.path == path else { throw .passedElsewhere(socket.path, expected: path) }
    return socket
  }
}
