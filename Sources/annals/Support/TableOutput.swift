import ArgumentParser
import Presentation

/// How commands that show a few rows write them.
enum OutputForm: String, EnumerableFlag {
  case table
  case json

  static func help(for value: OutputForm) -> ArgumentHelp? {
    switch value {
    case .table: "A table; the default on a terminal."
    case .json: "JSON, a line each; the default elsewhere."
    }
  }
}

extension OutputForm? {
  /// The form asked for, or what suits standard output.
  var chosen: OutputForm { self ?? (Terminal.output.isTerminal ? .table : .json) }
}

/// Writes tables as suits standard output: cut to the width of a terminal, whole elsewhere.
enum TableOutput {
  static func write(_ table: Table, to output: StandardOutput) throws {
    guard Terminal.output.isTerminal else {
      for line in table.lines() { try output.line(line) }
      return
    }
    let width = Terminal.output.width
    let (fitted, leftOut) = table.fitted(to: width)
    for line in fitted.lines(width: width, isolates: true) { try output.line(line) }
    if !leftOut.isEmpty { try output.line("Too narrow for \(leftOut.joined(separator: ", ")); --json has all.") }
  }
}
