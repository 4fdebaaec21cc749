/// `DIFF`: the rows of a view that differ between two states of the log.
package struct DiffRequest: Equatable, Sendable {
  /// The view's name; whether there is such a view is not known here.
  package let view: String
  /// The filters in the order given, no name twice.
  package let filters: [QueryFilter]
  /// The earlier state.
  package let from: AsOf
  /// The later state; nil for now.
  package let to: AsOf?

  package init(view: String, filters: [QueryFilter] = [], from: AsOf, to: AsOf? = nil) {
    self.view = view
    self.filters = filters
    self.from = from
    self.to = to
  }
}
