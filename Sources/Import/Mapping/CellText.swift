/// The words of a cell.
enum CellText {
  /// A cell without texts that are to be removed, and without the blanks that are then around it.
  static func cleaned(_ cell: String, without removed: [String]) -> String {
    guard !removed.isEmpty else { return cell }
    var cell = cell
    for text in removed { cell.replace(text, with: "") }
    return BlankTrimming.trimmed(cell)
  }

  /// The items of a list, trimmed, without empty ones. What stands in round brackets is not cut: `ASEAN (Brunei, Laos)` is one
  /// item of a list with commas.
  static func items(of cell: String, separators: [String]) -> [String] {
    var items: [String] = []
    var depth = 0
    var rest = Substring(cell)
    var start = rest.startIndex
    while let character = rest.first {
      if character == "(" { depth += 1 }
      if character == ")", depth > 0 { depth -= 1 }
      if depth == 0, let separator = separators.first(where: { rest.hasPrefix($0) }) {
        items.append(BlankTrimming.trimmed(cell[start..<rest.startIndex]))
        rest = rest.dropFirst(separator.count)
        start = rest.startIndex
      } else {
        rest = rest.dropFirst()
      }
    }
    items.append(BlankTrimming.trimmed(cell[start...]))
    return items.filter { !$0.isEmpty }
  }
}
