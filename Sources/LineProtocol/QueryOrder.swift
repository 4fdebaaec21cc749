/// The order of a query's rows along the view's time.
package enum QueryOrder: String, CaseIterable, Sendable {
  /// Earliest first.
  case ascending = "asc"
  /// Latest first.
  case descending = "desc"
}
