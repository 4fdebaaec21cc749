import Presentation

/// The person whom a review asks.
protocol ReviewDialogue {
  /// Shows a line.
  func say(_ line: String) throws

  /// Asks for a line; nil at the end of the input.
  func ask(_ prompt: String) throws -> String?
}

extension ReviewDialogue {
  /// Shows a tree, as wide as the terminal.
  func say(_ tree: Tree) throws {
    for line in TreeOutput.lines(tree) { try say(line) }
  }
}

/// Standard input and output. Where the input is no terminal, nothing of it is seen, and a prompt ends its line.
struct StandardDialogue: ReviewDialogue {
  private let output = StandardOutput(flushesLines: true)

  func say(_ line: String) throws {
    try output.line(line)
  }

  func ask(_ prompt: String) throws -> String? {
    if Terminal.input.isTerminal { try output.write(Array(prompt.utf8)) } else { try output.line(prompt) }
    try output.flush()
    return readLine()
  }
}
