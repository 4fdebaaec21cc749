/// A key and its value, copied out of a table.
package struct Entry: Hashable, Sendable {
  /// The key.
  package let key: [UInt8]
  /// The value.
  package let value: [UInt8]

  /// Pairs a key with a value.
  package init(key: [UInt8], value: [UInt8]) {
    self.key = key
    self.value = value
  }
}
