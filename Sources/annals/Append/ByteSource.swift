import Glibc

/// Where the bytes of an input come from.
protocol ByteSource {
  /// Whether the next read will not have to wait.
  var isReady: Bool { get }

  /// The next bytes, at most as many as ``AppendLimits/readBytes``; none at the end. Waits for some.
  mutating func read() throws(CommandFailure) -> [UInt8]
}

/// A file, a pipe, or standard input, closed with the value.
final class FileSource: ByteSource {
  /// The name that stands for standard input.
  static let standardInput = "-"

  /// The name in messages.
  let name: String
  /// Bytes in all, where that is known.
  let size: UInt64?
  private let descriptor: Int32

  /// Opens the file at `path`; `-` is standard input.
  init(_ path: String) throws(CommandFailure) {
    name = path == Self.standardInput ? "standard input" : path
    descriptor = path == Self.standardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(name) }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else { throw CommandFailure(.refused, "\(name) is a folder; give the files in it.") }
    size = kind == S_IFREG ? UInt64(status.st_size) : nil
  }

  deinit {
    if descriptor > STDERR_FILENO { close(descriptor) }
  }

  var isReady: Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, 0) > 0
  }

  func read() throws(CommandFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: AppendLimits.readBytes)
    while true {
      let count = Glibc.read(descriptor, &bytes, bytes.count)
      if count >= 0 {
        bytes.removeSubrange(count...)
        return bytes
      }
      guard errno == EINTR else { throw Self.failure(name) }
    }
  }

  private static func failure(_ name: String) -> CommandFailure {
    CommandFailure(.refused, "\(name) cannot be read: \(String(cString: strerror(errno))).")
  }
}
