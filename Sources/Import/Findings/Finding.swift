/// Something that an import could not take as it stood, or took otherwise than it stood.
package struct Finding: Hashable, Sendable {
  /// What it is about.
  package enum Kind: String, CaseIterable, Sendable {
    /// The row breaks the rules of CSV.
    case malformedRow = "malformed-row"
    /// The row has more or fewer cells than the header.
    case raggedRow = "ragged-row"
    /// The row is not text in the table's encoding.
    case encoding
    /// No event of the mapping applies to the row.
    case noEvent = "no-event"
    /// The row says nothing that no row above has said.
    case repeatedRow = "repeated-row"
    /// A date is not understood.
    case date
    /// A date allows several readings; a coarser one is taken.
    case ambiguousDate = "ambiguous-date"
    /// A number is not understood.
    case number
    /// A value does not stand in its lookup table.
    case lookup
    /// A cell is empty that must not be.
    case empty
    /// An item of a list stands in it twice, and is taken once.
    case repeatedItem = "repeated-item"
    /// The event breaks a rule of its type.
    case invalidEvent = "invalid-event"
    /// Another row has made another event of the same id.
    case sameID = "same-id"
    /// The daemon has refused the event.
    case refused
  }

  /// What is left out because of it.
  package enum Loss: String, CaseIterable, Sendable {
    /// Nothing but what the finding itself tells.
    case none
    /// One event of the row.
    case event
    /// The row.
    case row
  }

  package let kind: Kind
  package let loss: Loss
  /// The line on which the row begins, from 1; 0 for an event that stands for no row.
  package let line: Int
  /// The column, where it is about one.
  package let column: String?
  /// What stands in the cell.
  package let value: String?
  /// The id of the event that is left out or changed, or its type where it has got no id.
  package let event: String?
  /// What is wrong, in a sentence without its capital and full stop.
  package let message: String

  package init(
    _ kind: Kind, loss: Loss, line: Int, column: String? = nil, value: String? = nil, event: String? = nil,
    message: String
  ) {
    self.kind = kind
    self.loss = loss
    self.line = line
    self.column = column
    self.value = value
    self.event = event
    self.message = message
  }
}
