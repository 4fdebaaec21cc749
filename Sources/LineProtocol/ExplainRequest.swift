/// `EXPLAIN`: the events that a row rests on.
package struct ExplainRequest: Equatable, Sendable {
  /// The view's name; whether there is such a view is not known here.
  package let view: String
  /// The row's key.
  package let key: String
  /// The state of the log to answer from; nil for now.
  package let asOf: AsOf?

  package init(view: String, key: String, asOf: AsOf? = nil) {
    self.view = view
    self.key = key
    self.asOf = asOf
  }
}
