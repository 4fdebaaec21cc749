import Glibc

/// Standard output, written in large pieces.
final class StandardOutput {
  /// Bytes gathered before they are written.
  private static let capacity = 64 << 10

  private var buffer: [UInt8] = []

  /// Whether each line is to be seen at once: on a terminal, or where lines come as they happen.
  let flushesLines: Bool

  init(flushesLines: Bool = Terminal.output.isTerminal) {
    self.flushesLines = flushesLines
  }

  /// Writes `bytes` and a line end.
  func line(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    buffer.append(UInt8(ascii: "\n"))
    if flushesLines || buffer.count >= Self.capacity { try flush() }
  }

  /// Writes a text and a line end.
  func line(_ text: String) throws {
    try line(text.utf8)
  }

  /// Writes bytes as they are.
  func write(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Hands on what is gathered; to be called at the end.
  ///
  /// - Throws: ``OutputClosed`` where nobody reads it any more; ``CommandFailure`` where it cannot be written.
  func flush() throws {
    while !buffer.isEmpty {
      let written = Glibc.write(STDOUT_FILENO, buffer, buffer.count)
      if written >= 0 {
        // Keeps the memory; mostly all is written.
        buffer.removeFirst(written)
      } else if errno == EPIPE {
        throw OutputClosed()
      } else if errno != EINTR {
        throw CommandFailure(.refused, "Standard output cannot be written: \(String(cString: strerror(errno))).")
      }
    }
  }
}
