/// One filter of a query. Which names and values a view knows, the view says.
package struct QueryFilter: Equatable, Sendable {
  /// The name before the `=`.
  package let name: String
  /// At least one value, in the order given.
  package let values: [String]

  /// - Precondition: `values` is not empty.
  package init(_ name: String, _ values: [String]) {
    precondition(!values.isEmpty, "a filter has a value")
    self.name = name
    self.values = values
  }
}
