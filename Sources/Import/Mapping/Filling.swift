/// A row on its way into an event.
struct Filling {
  let cells: Cells
  /// What was taken otherwise than it stands.
  private(set) var notes: [RowError] = []

  init(_ cells: Cells) {
    self.cells = cells
  }

  /// Notes something that does not keep the event from being made.
  mutating func note(_ note: RowError) { notes.append(note) }
}

/// What a part of a template gives for a row.
enum Filled {
  /// JSON.
  case value([UInt8])
  /// Nothing: the member or item is left away.
  case omitted
  /// Nothing, and nothing around it either, up to the innermost object.
  case objectOmitted

  /// What follows where a cell gives no value; throws `error` where the event is left out.
  init(_ consequence: Consequence, or error: @autoclosure () -> RowError) throws(RowError) {
    switch consequence {
    case .omit, .keep: self = .omitted
    case .omitObject: self = .objectOmitted
    case .leaveOut: throw error()
    }
  }
}
