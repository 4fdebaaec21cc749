import Glibc
import JSON
import LineProtocol

/// A blocking socket that sends any bytes at all and reads what comes back: what a hostile client may do.
///
/// One thread uses it at a time. A test that waits here for something that needs Swift's own threads waits in `offPool`.
final class RawConnection: @unchecked Sendable {
  /// Seconds that a read or write waits at the most, so that a daemon that hangs fails a test and does not stop it.
  private static let patience = 60

  /// The other side did not answer within ``patience``, or the socket failed.
  struct Failure: Error {
    let operation: String
    let errno: Int32
  }

  private let descriptor: Int32
  private var received: [UInt8] = []
  private var isOpen = true

  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else {
      let error = errno
      Glibc.close(descriptor)
      isOpen = false
      throw Failure(operation: "connect", errno: error)
    }
  }

  deinit { close() }

  /// Closes both directions.
  func close() {
    guard isOpen else { return }
    isOpen = false
    Glibc.close(descriptor)
  }

  /// Closes the sending direction only.
  func closeSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Sends all of the bytes; false if the daemon has closed the connection.
  @discardableResult
  func send(_ bytes: [UInt8]) throws -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0 {
        if errno == EPIPE || errno == ECONNRESET { return false }
        throw Failure(operation: "send", errno: errno)
      }
      sent += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) throws -> Bool { try send(Array(text.utf8)) }

  /// Sends as much as the socket takes within a moment; gives how many bytes.
  func sendWhatFits(_ bytes: [UInt8], waitMilliseconds: Int32) -> Int {
    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard Glibc.poll(&poll, 1, waitMilliseconds) == 1 else { return 0 }
    return max(
      0,
      bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      })
  }

  /// The next line without its end; nil once the daemon has closed the connection.
  func line() throws -> String? {
    var searched = 0
    while true {
      if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: received[..<end], as: UTF8.self)
        received.removeSubrange(...end)
        return line
      }
      searched = received.count
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0, errno != ECONNRESET { throw Failure(operation: "receive", errno: errno) }
      if count <= 0 { return nil }
      received += chunk[..<count]
    }
  }

  /// The next reply; nil if the daemon closed the connection instead.
  func reply() throws -> RawReply? {
    var rows: [String] = []
    while let line = try line() {
      if StatusLine.kind(of: Array(line.utf8)) != .row { return try RawReply(rows: rows, statusLine: line) }
      rows.append(line)
    }
    return nil
  }

  /// Sends a line and reads its reply.
  func ask(_ line: String) throws -> RawReply {
    try send(line + "\n")
    guard let reply = try reply() else { throw Failure(operation: "read the reply to \(line.prefix(80))", errno: 0) }
    return reply
  }

  /// All replies up to the end of the connection.
  func remainingReplies() throws -> [RawReply] {
    var replies: [RawReply] = []
    while let reply = try reply() { replies.append(reply) }
    return replies
  }

  /// All lines up to the end of the connection.
  func remainingLines() throws -> [String] {
    var lines: [String] = []
    while let line = try line() { lines.append(line) }
    return lines
  }
}
