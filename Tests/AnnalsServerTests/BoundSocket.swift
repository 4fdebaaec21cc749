import Glibc
import Testing

/// A Unix socket bound to a name: what a service manager makes, passes on and listens to.
///
/// One thread uses it at a time.
final class BoundSocket: @unchecked Sendable {
  let descriptor: Int32
  private var isOpen = true

  /// - Parameter name: a path, or an abstract name behind an `@`.
  init(_ name: String, _ kind: __socket_type = SOCK_STREAM, listens: Bool = false) throws {
    descriptor = socket(AF_UNIX, Int32(kind.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = name.hasPrefix("@") ? [0] + name.utf8.dropFirst() : Array(name.utf8) + [0]
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    try #require(result == 0)
    if listens { try #require(listen(descriptor, 16) == 0) }
  }

  deinit { close() }

  func close() {
    guard isOpen else { return }
    isOpen = false
    Glibc.close(descriptor)
  }

  /// The next datagram; nil when none comes in time.
  func receive(within seconds: Double = 60) -> String? {
    var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(seconds * 1_000_000) % 1_000_000)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Expects the next datagram to be this; waits where nobody else has to wait.
  func expect(_ state: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let received = try await offPool { self.receive() }
    #expect(received == state, sourceLocation: sourceLocation)
  }
}
