import Glibc

/// A Unix stream socket that listens, and that this process did not make but was started with.
package struct PassedSocket: Sendable {
  /// The open file descriptor. Closing it is for who serves on it.
  package let descriptor: Int32

  /// The path it is bound to; nil of an abstract name.
  package let path: String?

  /// Takes over a descriptor, and keeps it from processes that this one may start.
  ///
  /// Nil where it is not open, or no Unix stream socket that listens.
  package init?(descriptor: Int32) {
    func option(_ name: Int32) -> Int32? {
      var value: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
    }
    guard option(SO_TYPE) == Int32(SOCK_STREAM.rawValue), option(SO_ACCEPTCONN) == 1,
      let address = UnixAddress(of: descriptor), fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
    else { return nil }
    self.descriptor = descriptor
    path = address.path
  }
}
