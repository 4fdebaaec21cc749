import EDTF

/// A question to a view: which rows, as of which position, judged on which day.
package struct ViewQuestion: Sendable {
  /// Rows in one answer unless the question says otherwise.
  package static let defaultLimit = 1_000
  /// Rows in one answer at the most; the rest follows by the cursor.
  package static let largestLimit = 10_000

  /// Filters that every view has.
  package static let commonFilters = [
    "between", "with", "party", "from", "to", "certain", "document", "attributor", "min-attributors",
  ]

  package enum Order: Sendable {
    case ascending, descending
  }

  /// A filter of the view's own columns: any of the values.
  package struct ColumnCondition: Sendable {
    package let filter: ColumnFilter
    package let values: [String]
    package init(filter: ColumnFilter, values: [String]) {
      self.filter = filter
      self.values = values
    }
  }

  package init(at day: Day) {
    self.day = day
  }

  /// The day on which states are judged.
  package var day: Day
  /// Two parties that the row has both, by id or name.
  package var between: (String, String)?
  /// Parties of which the row has each.
  package var with: [String] = []
  /// Days that the row must possibly share; with ``certain`` definitely.
  package var range: Bounds?
  package var certain = false
  /// Documents of which the row rests on any.
  package var documents: [String] = []
  /// Ultimate sources of which the row has any.
  package var attributors: [String] = []
  package var minAttributors = 0
  package var columns: [ColumnCondition] = []
  package var order = Order.ascending
  package var limit = Self.defaultLimit
  /// Continues after the row at this place; see ``ViewAnswer/cursor``.
  package var after: [UInt8]?
}

/// The rows that answer a question.
package struct ViewAnswer: Sendable {
  /// The rows, each a JSON object, and the end of each in ``bytes``, which is followed by a line feed.
  package var bytes: [UInt8] = []
  package var count = 0
  /// Where the next rows begin; nil where there are no more.
  package var cursor: [UInt8]?
  /// Rows left out because nobody gave a date for them, while the question asks for dates.
  package var undated = 0
}
