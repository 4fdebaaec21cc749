/// `QUERY`: rows of a view.
package struct QueryRequest: Equatable, Sendable {
  /// The view's name; whether there is such a view is not known here.
  package var view: String
  /// The filters in the order given, no name twice.
  package var filters: [QueryFilter]
  /// The state of the log to answer from; nil for now.
  package var asOf: AsOf?
  /// The date on which states are judged, in EDTF, not checked here; nil for today in UTC.
  package var at: String?
  /// Answer only when the view has seen this position.
  package var minPosition: UInt64?
  /// At most so many rows; at least 1.
  package var limit: Int?
  /// Where an earlier answer stopped, as it said.
  package var cursor: String?
  /// Along the view's time; nil for the view's own.
  package var order: QueryOrder?
  /// Whether only rows that definitely overlap `from` and `to` are wanted; nil if not said.
  package var isCertain: Bool?

  package init(
    view: String, filters: [QueryFilter] = [], asOf: AsOf? = nil, at: String? = nil, minPosition: UInt64? = nil,
    limit: Int? = nil, cursor: String? = nil, order: QueryOrder? = nil, isCertain: Bool? = nil
  ) {
    self.view = view
    self.filters = filters
    self.asOf = asOf
    self.at = at
    self.minPosition = minPosition
    self.limit = limit
    self.cursor = cursor
    self.order = order
    self.isCertain = isCertain
  }
}
