/// A line with lines below it, drawn as a tree.
///
/// A line is put together of parts that may hold any text: hazardous characters are made visible (``VisibleText``), and
/// parts written from right to left keep their place among the others (``Bidi``).
package struct Tree: Equatable, Sendable {
  private static let gap = 2
  /// A line is not made narrower than this, however deep it stands.
  private static let narrowest = 20

  private let parts: [String]
  /// What stands below.
  private let children: [Tree]

  /// - Parameter parts: shown side by side; empty ones are left out.
  package init(_ parts: [String], _ children: [Tree] = []) {
    self.parts = parts.filter { !$0.isEmpty }.map(VisibleText.escaped)
    self.children = children
  }

  /// The tree as lines without line ends.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, at which long lines are broken; nil for no limit.
  ///   - isolates: whether right-to-left text is isolated, as a terminal needs it.
  package func lines(width: Int? = nil, isolates: Bool = false) -> [String] {
    lines(first: "", rest: "", width, isolates)
  }

  /// - Parameters:
  ///   - first: what is drawn before the first line.
  ///   - rest: what is drawn before those that follow.
  private func lines(first: String, rest: String, _ width: Int?, _ isolates: Bool) -> [String] {
    var lines: [String] = []
    let room = width.map { max(Self.narrowest, $0 - TextWidth.columns(rest)) }
    // The branch to what stands below begins at the first broken line.
    let broken = rest + (children.isEmpty ? "  " : "│ ")
    for (index, segments) in Self.broken(parts, room).enumerated() {
      let text = segments.map { isolates ? Bidi.isolated($0) : $0 }.joined(separator: "  ")
      lines.append((index == 0 ? first : broken) + text)
    }
    for (index, child) in children.enumerated() {
      let isLast = index == children.count - 1
      lines += child.lines(
        first: rest + (isLast ? "└─ " : "├─ "), rest: rest + (isLast ? "   " : "│  "), width, isolates)
    }
    return lines
  }

  /// Parts, broken between words, and within words where one is too long, into lines of at most `width` columns.
  private static func broken(_ parts: [String], _ width: Int?) -> [[String]] {
    guard let width else { return [parts] }
    var lines: [[String]] = [[]]
    // The line so far, measured as a whole: a mark at the beginning of a word may widen the blank before it.
    var line = ""
    for part in parts {
      var segment = ""
      func end() {
        if !segment.isEmpty { lines[lines.count - 1].append(segment) }
        segment = ""
      }
      for word in pieces(of: part, atMost: width - gap) {
        let space = line.isEmpty ? "" : segment.isEmpty ? "  " : " "
        // Lines after the first stand two columns further in.
        let limit = lines.count > 1 ? width - gap : width
        if columns(line + space + word) > limit, !line.isEmpty {
          end()
          lines.append([])
          segment = word
          line = word
        } else {
          segment += (segment.isEmpty ? "" : " ") + word
          line += space + word
        }
      }
      end()
    }
    return lines
  }

  /// The columns of a text behind what is drawn before it, which ends in a blank: a mark at its beginning may widen that.
  private static func columns(_ text: String) -> Int { TextWidth.columns(" " + text) - 1 }

  /// The words of a text, those that are longer than `width` columns in pieces.
  private static func pieces(of text: String, atMost width: Int) -> [String] {
    text.split(separator: " ").flatMap { word -> [String] in
      guard TextWidth.columns(String(word)) > width else { return [String(word)] }
      var pieces = [""]
      var used = 0
      for character in word {
        let columns = TextWidth.columns(character)
        if used + columns > width {
          pieces.append("")
          used = 0
        }
        pieces[pieces.count - 1].append(character)
        used += columns
      }
      return pieces
    }
  }
}
