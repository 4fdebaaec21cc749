import Accounts
import EventLog
import NIOCore
import NIOPosix

extension Peer {
  /// What `SO_PEERCRED` gives: `struct ucred` of `unix(7)`.
  private struct Credentials {
    var pid: Int32 = 0
    var uid: UInt32 = 0
    var gid: UInt32 = 0
  }

  /// Option number of `SO_PEERCRED` on Linux, which NIO has no name for.
  private static let peerCredentials: NIOBSDSocket.Option = .init(rawValue: 17)

  /// The user at the other end of a connection, as the kernel knows it.
  static func of(_ channel: any Channel) -> EventLoopFuture<Peer> {
    guard let provider = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeSucceededFuture(Peer(name: "unknown"))
    }
    let credentials: EventLoopFuture<Credentials> = provider.unsafeGetSocketOption(
      level: .socket, name: peerCredentials)
    return credentials.map { Peer(name: UserName.of($0.uid) ?? "uid:\($0.uid)") }
  }
}
