import NIOCore
import NIOPosix

/// Who is at the other end of a connection: what `SO_PEERCRED` gives, `struct ucred` of `unix(7)`.
struct PeerCredentials {
  var pid: Int32 = 0
  var uid: UInt32 = 0
  var gid: UInt32 = 0

  /// Option number of `SO_PEERCRED` on Linux, which NIO has no name for.
  private static let option: NIOBSDSocket.Option = .init(rawValue: 17)

  /// What the kernel knows, of the moment in which the peer connected. Fails where it is not a socket's.
  static func of(_ channel: any Channel) -> EventLoopFuture<PeerCredentials> {
    guard let provider = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }
    return provider.unsafeGetSocketOption(level: .socket, name: option)
  }
}
