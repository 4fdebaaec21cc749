import EDTF

/// A row as a projector folds it.
package struct Row: Sendable {
  /// Tells the rows of one group apart; empty where a group has but one. The row's key is the group's with `#` and
  /// this behind it.
  package let suffix: String
  /// The days the row speaks of; nil where nobody gave a date. Orders the rows and serves `from=` and `to=`.
  package let bounds: Bounds?
  /// The entities by which the row is found: `party=`, `with=`, `between=`.
  package let parties: [String]
  /// Further texts by which projectors find the row (``RowRequest/term(view:term:)``), never shown nor asked for.
  package let terms: [String]
  /// The row as a JSON object, without the columns that depend on the question.
  package let json: [UInt8]

  package init(suffix: String = "", bounds: Bounds?, parties: [String], terms: [String] = [], json: [UInt8]) {
    self.suffix = suffix
    self.bounds = bounds
    self.parties = parties
    self.terms = terms
    self.json = json
  }
}
