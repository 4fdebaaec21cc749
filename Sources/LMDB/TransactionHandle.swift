import CLMDB
import Glibc

/// A live `MDB_txn`; opaque outside of this module.
///
/// LMDB's manual (`mdb_get`): values are valid until the next update in the transaction, or its end. That holds
/// without a check at run time: transactions cannot be copied or kept, a body that is shown a value borrows the
/// transaction, and updates need it exclusively, which the compiler refuses meanwhile.
@usableFromInline
package struct TransactionHandle {
  let pointer: OpaquePointer
  /// ``Environment/serial``, against tables of another environment.
  let environment: UInt64
  /// LMDB's handle of the unnamed table.
  let catalogue: MDB_dbi

  init(pointer: OpaquePointer, environment: UInt64, catalogue: MDB_dbi) {
    self.pointer = pointer
    self.environment = environment
    self.catalogue = catalogue
  }

  /// What is stored under `key`, checksum and all; `nil` if nothing is.
  private func stored(_ key: RawSpan, in table: Table) throws(LMDBError) -> UnsafeRawBufferPointer? {
    try table.validate(environment: environment, .get)
    try Key.validate(byteCount: key.byteCount, .get, table)
    var value = MDB_val()
    let code = key.withUnsafeBytes { bytes in
      var key = MDB_val(reading: bytes)
      return mdb_get(pointer, table.handle, &key, &value)
    }
    if code == MDB_NOTFOUND { return nil }
    try checkAccess(code, .get, table)
    return value.bytes
  }

  /// The value under `key`, checked against its checksum; `nil` if there is none, which is checked as `Cursor.seek(atLeast:)` does.
  @usableFromInline
  func find(_ key: RawSpan, in table: Table) throws(LMDBError) -> UnsafeRawBufferPointer? {
    guard let stored = try stored(key, in: table) else {
      // Or LMDB went astray over a flipped bit: a cursor finds out.
      var cursor = try Cursor(self, table: table)
      if try cursor.seek(atLeast: key) { try cursor.require(cursor.compareKey(to: key) > 0) }
      return nil
    }
    guard let value = StoredValue.verified(stored, key: key) else {
      throw LMDBError.checksumMismatch(table: table.name, key: key, operation: .get)
    }
    return value
  }

  func contains(_ key: RawSpan, in table: Table) throws(LMDBError) -> Bool {
    try stored(key, in: table) != nil
  }

  func statistics(of table: Table) throws(LMDBError) -> Statistics {
    try table.validate(environment: environment, .inspectTable)
    var stat = MDB_stat()
    try checkAccess(mdb_stat(pointer, table.handle, &stat), .inspectTable, table)
    return Statistics(stat)
  }

  /// Room for a value under `key`, behind the header; `nil` where LMDB answers `MDB_KEYEXIST`.
  ///
  /// `mdb_put`, `MDB_RESERVE`: saves a copy; the caller must write all of the space, before the next update.
  func reserve(
    _ byteCount: Int, under key: RawSpan, in table: Table, flags: UInt32
  ) throws(LMDBError) -> UnsafeMutableRawBufferPointer? {
    try table.validate(environment: environment, .put)
    try Key.validate(byteCount: key.byteCount, .put, table)
    guard (0...StoredValue.maximumByteCount).contains(byteCount) else {
      throw LMDBError(.valueTooLarge(byteCount: byteCount), operation: .put, table: table.name)
    }
    var value = MDB_val(mv_size: StoredValue.headerByteCount + byteCount, mv_data: nil)
    let code = key.withUnsafeBytes { bytes in
      var key = MDB_val(reading: bytes)
      return mdb_put(pointer, table.handle, &key, &value, flags | UInt32(MDB_RESERVE))
    }
    if code == MDB_KEYEXIST { return nil }
    try checkAccess(code, .put, table)
    return UnsafeMutableRawBufferPointer(start: value.mv_data, count: value.mv_size)
  }

  func delete(_ key: RawSpan, in table: Table) throws(LMDBError) -> Bool {
    try table.validate(environment: environment, .delete)
    try Key.validate(byteCount: key.byteCount, .delete, table)
    let code = key.withUnsafeBytes { bytes in
      var key = MDB_val(reading: bytes)
      return mdb_del(pointer, table.handle, &key, nil)
    }
    if code == MDB_NOTFOUND { return false }
    try checkAccess(code, .delete, table)
    return true
  }

  /// Throws unless an access to a table succeeded.
  ///
  /// Of the "invalid parameters" for which LMDB returns `EINVAL`, one can occur here: the table's handle is younger
  /// than the snapshot.
  @inline(__always)
  func checkAccess(_ code: Int32, _ operation: Operation, _ table: Table) throws(LMDBError) {
    guard code != MDB_SUCCESS else { return }
    guard code != EINVAL else { throw LMDBError(.tableNotFound, operation: operation, table: table.name) }
    throw LMDBError(code: code, operation: operation, table: table.name)
  }
}
