import Claims
import JSON

/// Lists of what may stand in a cell.
enum CellList {
  /// Reads an array of texts, which may be empty: the empty cell.
  static func read(_ value: JSONValue) throws(EventError) -> [String] {
    var texts: [String] = []
    for element in try value.list(atLeast: 1, atMost: TextLimit.items) { texts.append(try text(element)) }
    return texts
  }

  /// Reads a text, which may be empty.
  static func text(_ value: JSONValue) throws(EventError) -> String {
    guard let text = value.string else {
      throw EventError("expected a string, found \(value.kind.described)", at: value)
    }
    return text
  }
}
