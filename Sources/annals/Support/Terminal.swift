import Foundation

/// What stands at the end of an output: a terminal, with so many columns, or something else.
struct Terminal: Sendable {
  /// Columns of a terminal that does not tell.
  private static let usualWidth = 80

  /// Standard input.
  static let input = Terminal(STDIN_FILENO)
  /// Standard output.
  static let output = Terminal(STDOUT_FILENO)
  /// Standard error.
  static let error = Terminal(STDERR_FILENO)

  /// Whether it is a terminal.
  let isTerminal: Bool
  private let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  /// Columns: as the terminal says, else `$COLUMNS`, else 80.
  var width: Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return Self.environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? Self.usualWidth
  }

  /// Whether the locale says that text is UTF-8 (POSIX: LC_ALL, else LC_CTYPE, else LANG).
  static var isUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let locale = locale?.lowercased() else { return false }
    return locale.contains("utf-8") || locale.contains("utf8")
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
