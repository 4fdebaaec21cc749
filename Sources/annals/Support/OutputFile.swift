import Glibc

/// A file that is written anew, in large pieces.
final class OutputFile: LineOutput {
  /// Bytes gathered before they are written.
  private static let capacity = 64 << 10
  /// Owner and group may read and write, others read, less the umask.
  private static let mode: mode_t = 0o664

  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  /// Opens the file at `path`, emptied.
  init(_ path: String) throws(CommandFailure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, Self.mode)
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func line(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes bytes as they are.
  func write(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  func flush() throws {
    while !buffer.isEmpty {
      let written = Glibc.write(descriptor, buffer, buffer.count)
      if written >= 0 {
        buffer.removeFirst(written)
      } else if errno != EINTR {
        throw Self.failure(path)
      }
    }
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(.refused, "\(path) cannot be written: \(String(cString: strerror(errno))).")
  }
}
