import Glibc
import Presentation

/// What the program says about itself, on standard error.
enum Diagnostics {
  /// Writes `annals: ` and a message, each of its lines safe to look at.
  static func say(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { VisibleText.escaped(String($0)) }
    write("annals: \(lines.joined(separator: "\n"))\n")
  }

  /// Writes text as it is. That standard error is closed or full is no reason to stop.
  static func write(_ text: String) {
    var bytes = Array(text.utf8)
    while !bytes.isEmpty {
      let written = Glibc.write(STDERR_FILENO, bytes, bytes.count)
      if written < 0 {
        guard errno == EINTR else { return }
      } else {
        bytes.removeFirst(written)
      }
    }
  }
}
