import Glibc

/// Datagrams to a Unix socket.
package enum UnixDatagram {
  /// Seconds to wait at the most for a receiver whose queue is full.
  private static let patience = 1

  /// Sends one datagram. Blocks for a second at the most.
  ///
  /// - Parameter name: the socket's path, or its abstract name after an `@`.
  /// - Throws: a ``FileError`` of `send`, also where the name can be no socket's (`EINVAL`).
  package static func send(_ bytes: [UInt8], to name: String) throws(FileError) {
    guard let address = UnixAddress(name) else { throw FileError(.send, name, code: EINVAL) }
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = try retrying(.send, name) { socket(AF_UNIX, kind, 0) }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    _ = try retrying(.send, name) {
      address.withAddress { sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, $1) }
    }
  }
}
