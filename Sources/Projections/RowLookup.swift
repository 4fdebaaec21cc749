import EDTF

/// Which rows a projector asks for, beside the claims of its group.
package enum RowRequest {
  /// The rows of one group of a view.
  case group(view: String, key: String)
  /// The rows of a view that have all these parties and may share a day with the bounds, in the view's order; rows
  /// without a date only where no bounds are given.
  case touching(view: String, parties: [String], bounds: Bounds?)
  /// The rows of a view that have a term and exactly these bounds; found at once, however many there are of other days.
  case dated(view: String, term: String, bounds: Bounds)
  /// The rows of a view that have exactly these parties, speak of more than one day, and may share one with the bounds;
  /// without bounds, those that have no date either.
  case coarse(view: String, parties: [String], bounds: Bounds?)
  /// The rows of a view that have a term, in the view's order; see ``Row/terms``.
  case term(view: String, term: String)
  /// The nearest row that stands before this one in its own view, shares its first two parties and satisfies a
  /// condition.
  case before(StoredRow, condition: (StoredRow) -> Bool)
  /// The rows of a view that satisfy filters, names and dates read as in `QUERY`; `unanswerable` where there is no such
  /// view, or it does not know one of them.
  case query(view: String, filters: [(name: String, values: [String])])
  /// The rows of `entities` whose names are written much like this one.
  case entities(like: String)
}

/// Finds rows as of the position that is folded or asked about.
package typealias RowLookup = (RowRequest) throws(ProjectionError) -> [StoredRow]

/// A group of an upstream view, before and after an event.
package struct RowChange {
  /// The view's name.
  package let view: String
  /// The group's key.
  package let key: String
  /// Its rows before; none where it had none.
  package let old: [StoredRow]
  /// Its rows now.
  package let new: [StoredRow]
}
