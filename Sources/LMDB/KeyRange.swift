/// A stretch of a table's key order.
@usableFromInline
package struct KeyRange: Equatable, Sendable {
  /// The least key inside; empty for "from the first on".
  package let lowerBound: [UInt8]
  /// The least key beyond; `nil` for "to the last".
  package let upperBound: [UInt8]?

  /// The keys from `lowerBound` up to, not including, `upperBound`.
  @usableFromInline
  package init(from lowerBound: [UInt8] = [], to upperBound: [UInt8]? = nil) {
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }

  /// The keys that begin with `prefix`.
  @usableFromInline
  package init(prefix: [UInt8]) {
    self.init(from: prefix, to: Key.successor(ofPrefix: prefix))
  }
}
