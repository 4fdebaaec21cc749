import Claims
import JSON

/// What must hold of a row's cell for an event to be made.
struct Condition: Sendable {
  let column: String
  private let values: Set<String>
  private let isWanted: Bool

  /// Reads `{"column", "is": [values]}` or `{"column", "isNot": [values]}`; the empty text is the empty cell.
  init(_ value: JSONValue) throws(EventError) {
    var reader = try ObjectReader(value, members: ["column", "is", "isNot"])
    column = try reader.text("column")
    let (wanted, unwanted) = (reader.optional("is"), reader.optional("isNot"))
    try reader.finish()
    switch (wanted, unwanted) {
    case (let list?, nil): (values, isWanted) = (Set(try CellList.read(list)), true)
    case (nil, let list?): (values, isWanted) = (Set(try CellList.read(list)), false)
    default: throw EventError("needs either \"is\" or \"isNot\"", at: value)
    }
  }

  /// Whether the row meets it.
  func holds(for cells: Cells) -> Bool { values.contains(cells[column]) == isWanted }
}
