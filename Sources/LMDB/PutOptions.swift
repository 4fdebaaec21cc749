import CLMDB

/// How ``WriteTransaction/put(_:_:in:options:)`` treats keys.
package struct PutOptions: OptionSet, Sendable {
  /// The bits, as in `lmdb.h`.
  package let rawValue: UInt32

  /// Wraps bits of the named options.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// `MDB_NOOVERWRITE`: throws `keyExists` if the key exists.
  package static let noOverwrite = PutOptions(rawValue: UInt32(MDB_NOOVERWRITE))

  /// `MDB_APPEND`: the key comes after all others, which saves the search and fills pages wholly; throws `keyExists` if
  /// it does not.
  package static let append = PutOptions(rawValue: UInt32(MDB_APPEND))
}
