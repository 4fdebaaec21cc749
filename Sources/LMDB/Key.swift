import Glibc

/// What holds for every key: a byte string of 1 to 511 bytes, ordered byte by byte, a prefix before what it prefixes.
package enum Key {
  /// Most bytes in a key: LMDB's compiled `MDB_MAXKEYSIZE`, checked against `mdb_env_get_maxkeysize` at opening.
  package static let maximumByteCount = 511

  /// Checks the length of a key that is to be stored or looked up.
  ///
  /// `MDB_val`: key sizes must be between 1 and `mdb_env_get_maxkeysize` inclusive. Checked here, because not every
  /// LMDB function checks it.
  static func validate(byteCount: Int, _ operation: Operation, _ table: Table) throws(LMDBError) {
    guard byteCount > 0 else {
      throw LMDBError(.keyEmpty, operation: operation, table: table.name)
    }
    guard byteCount <= maximumByteCount else {
      throw LMDBError(.keyTooLong(byteCount: byteCount), operation: operation, table: table.name)
    }
  }

  /// The least byte string greater than all that begin with `prefix`; `nil` where there is none, `prefix` being empty
  /// or all 0xFF.
  package static func successor(ofPrefix prefix: [UInt8]) -> [UInt8]? {
    guard let last = prefix.lastIndex(where: { $0 != 0xFF }) else { return nil }
    var successor = Array(prefix[...last])
    successor[last] += 1
    return successor
  }

  /// Negative, zero or positive as `left` is less than, equal to or greater than `right`, in LMDB's key order.
  static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let common = min(left.count, right.count)
    if common > 0, let leftBytes = left.baseAddress, let rightBytes = right.baseAddress {
      let order = memcmp(leftBytes, rightBytes, common)
      if order != 0 { return Int(order) }
    }
    return left.count - right.count
  }
}
