import Claims
import JSON

/// A text with the names of columns in braces: `treaty/{id}/signed`. A brace as such is written twice.
struct TextTemplate: Sendable {
  private enum Part: Sendable {
    case literal(String)
    case column(String)
  }

  private var parts: [Part] = []

  /// Reads a template; errors point at `value`.
  init(_ value: JSONValue, limit: Int = TextLimit.short) throws(EventError) {
    var literal = ""
    var rest = Substring(try value.text(limit: limit))
    while let character = rest.popFirst() {
      if character == "{" || character == "}", rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}"), end > rest.startIndex else {
          throw EventError(
            "a brace opens the name of a column and needs another to close it; write {{ for {", at: value)
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        parts.append(.column(String(rest[..<end])))
        literal = ""
        rest = rest[rest.index(after: end)...]
      } else if character == "}" {
        throw EventError("this closing brace has no opening one; write }} for }", at: value)
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
  }

  /// The columns it names.
  var columns: [String] {
    parts.compactMap { if case .column(let name) = $0 { name } else { nil } }
  }

  /// The text of a row, or the first column that is empty.
  func filled(from cells: Cells) -> (text: String, emptyColumn: String?) {
    var text = ""
    for part in parts {
      switch part {
      case .literal(let literal): text += literal
      case .column(let name):
        let cell = cells[name]
        if cell.isEmpty { return ("", name) }
        text += cell
      }
    }
    return (text, nil)
  }
}
