/// What the program's exit code says.
enum ProgramStatus: Int32, CaseIterable {
  case ok = 0
  /// The daemon refused the request, or the input is bad.
  case refused = 1
  /// Nobody answers at the socket, or the connection was lost.
  case unreachable = 2
  /// Verification found damage.
  case damaged = 3
  /// Rows of a table were left out, and `--strict` asked for all.
  case incomplete = 4
  /// The arguments are not understood (`EX_USAGE` of BSD sysexits; ArgumentParser's code).
  case usage = 64

  /// The codes with their meanings, a line each, for `--help`.
  static var help: String {
    allCases.map { "  \($0.rawValue)\($0.rawValue < 10 ? " " : "")  \($0.meaning)" }.joined(separator: "\n")
  }

  private var meaning: String {
    switch self {
    case .ok: "done"
    case .refused: "refused by the daemon, or bad data"
    case .unreachable: "no daemon at the socket, or the connection was lost"
    case .damaged: "verification found damage"
    case .incomplete: "rows of a table were left out (import --strict)"
    case .usage: "arguments not understood"
    }
  }
}
