import EventLog
import Files
import LineProtocol
import Merkle

/// How the daemon is run. Every limit has its default here.
package struct ServerConfiguration: Sendable {
  /// The data folder; made where it is missing.
  package var dataFolder: String
  /// Path of the Unix socket.
  package var socket: String
  /// The socket where the process was started with it; bound to ``socket``, and left there when the daemon stops.
  package var passedSocket: PassedSocket?
  /// Bytes of a request line at the most.
  package var lineBytes = LineLimits.defaultLineLimit
  /// Connections at a time at the most; a further one is told `busy` and closed.
  package var connections = 1_024
  /// Connections of one user at a time at the most; a further one is told `busy` and closed.
  package var connectionsPerUser = 256
  /// Bytes of appends that wait for their acknowledgement, over all connections; beyond, an append is told `busy`, unless
  /// it is the only one of its connection and has no more than ``modestBytes``.
  package var bytesInFlight = 16 << 20
  /// Bytes of an append, or of lines that wait to be begun, that no crowd of others keeps out.
  package var modestBytes = 64 << 10
  /// Appends of one connection that wait for their acknowledgement; beyond, its next lines wait unread.
  package var appendsInFlight = 4_096
  /// Bytes of request lines of one connection that were read and not begun; beyond, the rest waits unread.
  package var unreadBytes = 2 << 20
  /// The same of all connections of an event loop together; beyond, the rest of those with more than ``modestBytes`` waits
  /// unread.
  package var unreadBytesOfLoop = 16 << 20
  /// Bytes of replies a client has not taken; beyond, its next lines wait unread and its replay pauses.
  package var unsentBytes = 256 << 10
  /// Seconds in which nothing of a line that was begun may come; then it is refused and the connection closed.
  package var lineSeconds: Int64 = 30
  /// Seconds in which nothing may be taken of replies that wait; then the connection is closed.
  package var readSeconds: Int64 = 60
  /// Seconds that clients have to take their replies when the daemon stops.
  package var drainSeconds: Int64 = 10
  /// Event loop threads; 0 for as many as there are cores.
  package var threads = 0
  /// Who may do what.
  package var access = AccessList()
  /// The group that alone may connect, by number; nil where the access list is to decide on everyone.
  package var socketGroup: UInt32?
  /// How checkpoints are signed; nil where they are not.
  package var checkpoints: Checkpoints?
  /// How the log is opened.
  package var log = EventLogOptions()

  package init(dataFolder: String, socket: String) {
    self.dataFolder = dataFolder
    self.socket = socket
  }

  /// Permissions of the socket. Where nobody but the owner has a right, nobody else can connect.
  var socketMode: UInt32 {
    guard access.namesOthers else { return 0o600 }
    return socketGroup == nil ? 0o666 : 0o660
  }

  /// How checkpoints are signed and kept.
  package struct Checkpoints: Sendable {
    /// The log's key; its name is the origin.
    package var key: SigningKey
    /// The folder in which they are kept.
    package var folder: String
    /// Seconds after which one is kept if events came; one more is kept when the daemon stops.
    package var seconds: Int64 = 600

    package init(key: SigningKey, folder: String) {
      self.key = key
      self.folder = folder
    }
  }
}
