import Files

/// Why the daemon cannot listen.
package enum ListenError: Error, CustomStringConvertible {
  /// Another daemon serves on this socket.
  case inUse(String)
  /// Something that is no socket has the name.
  case notASocket(String)
  /// The path is too long for a socket.
  case pathTooLong(String, limit: Int)
  /// The service manager passed more than one socket.
  case passedSeveral(Int)
  /// What the service manager passed is no Unix stream socket that listens.
  case passedUnfit
  /// The service manager passed a socket at another path, or at none.
  case passedElsewhere(String?, expected: String)
  /// The lock beside the socket could not be made.
  case file(FileError)

  /// The error in words that say what to do.
  package var description: String {
    switch self {
    case .inUse(let path): "another daemon serves on \(path); stop it, or choose another socket"
    case .notASocket(let path): "\(path) exists and is no socket; choose another path"
    case .pathTooLong(let path, let limit): "\(path) is longer than \(limit) bytes, the most a socket's path may have"
    case .passedSeveral(let count): "\(count) sockets were passed to the daemon; it serves one"
    case .passedUnfit: "what was passed to the daemon as its socket is no Unix stream socket that listens"
    case .passedElsewhere(let path, let expected):
      "the socket that was passed is at \(path ?? "no path"), not at \(expected); give both the same path"
    case .file(let error): "\(error)"
    }
  }
}

/// The right to a socket path: an exclusive lock on a file beside it, held while the daemon runs.
///
/// A socket left behind by a daemon that was killed may be removed only by who holds the lock; without it, it could be one
/// that is being served. The lock file stays: removing it would let two daemons lock two files of one name.
final class SocketLock: Sendable {
  private let file: any File

  init(_ socket: String, fileSystem: any FileSystem) throws(ListenError) {
    let isTaken: Bool
    do throws(FileError) {
      if let slash = socket.lastIndex(of: "/"), slash > socket.startIndex {
        try fileSystem.createDirectories(String(socket[..<slash]))
      }
      file = try fileSystem.open("\(socket).lock", .openOrCreate)
      isTaken = try file.tryLock()
    } catch { throw .file(error) }
    guard isTaken else { throw .inUse(socket) }
  }
}
