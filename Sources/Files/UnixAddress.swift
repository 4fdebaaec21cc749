import Glibc

/// The address of a Unix socket (`unix(7)`).
struct UnixAddress {
  /// Bytes of `sun_path`; a path has a NUL behind it, an abstract name has one before it.
  private static let nameBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
  /// Where `sun_path` begins.
  private static let nameOffset = MemoryLayout<sockaddr_un>.size - nameBytes

  private var address = sockaddr_un()
  private var length: socklen_t

  /// - Parameter name: a path, or an abstract name with `@` in place of its first byte, which is NUL; so `sd_notify(3)` writes it.
  ///   Nil where it is empty or too long.
  init?(_ name: String) {
    var bytes = Array(name.utf8)
    guard !bytes.isEmpty, bytes.count < Self.nameBytes, !bytes.contains(0) else { return nil }
    // The length is part of an abstract name; that of a path counts the NUL behind.
    length = socklen_t(Self.nameOffset + bytes.count)
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 } else { length += 1 }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  }

  /// The address that a socket is bound to; nil where it is no Unix socket.
  init?(of descriptor: Int32) {
    var found = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafeMutablePointer(to: &found) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0, found.sun_family == sa_family_t(AF_UNIX) else { return nil }
    address = found
    self.length = length
  }

  /// The path in the file system; nil of an abstract name and of none.
  var path: String? {
    let count = min(Int(length) - Self.nameOffset, Self.nameBytes)
    guard count > 0 else { return nil }
    return withUnsafeBytes(of: address.sun_path) { bytes in
      let name = bytes.prefix(count).prefix { $0 != 0 }
      return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }
  }

  /// Calls `body` with the address as the system takes it.
  func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}
