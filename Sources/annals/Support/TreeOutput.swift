import Presentation

/// Draws trees as suits standard output: broken at the width of a terminal, whole lines elsewhere.
enum TreeOutput {
  static func lines(_ tree: Tree) -> [String] {
    Terminal.output.isTerminal ? tree.lines(width: Terminal.output.width, isolates: true) : tree.lines()
  }
}
