import CLMDB
import Glibc

/// A transaction that writes. Lives inside the body of ``Writer/write(_:)``, which commits or abandons it.
///
/// It reads what it has written so far. An error from a change (`mapFull`, say) leaves the transaction fit only to be
/// abandoned: let it pass, so that it is.
@usableFromInline
package struct WriteTransaction: Transaction, ~Copyable {
  /// LMDB's transaction.
  @usableFromInline
  package let handle: TransactionHandle
  let environment: Environment
  /// Tables opened here, whose handles LMDB keeps only if this transaction is committed.
  var openedTables: [Table] = []

  @usableFromInline
  init(handle: TransactionHandle, environment: Environment) {
    self.handle = handle
    self.environment = environment
  }

  /// Stores a value under a key, in place of the one before.
  ///
  /// - Throws: `mapFull`, `keyExists` (see ``PutOptions``), `keyEmpty`, `keyTooLong`, `valueTooLarge`,
  ///   `transactionFull`, `tableDropped`.
  package mutating func put(
    _ key: RawSpan, _ value: RawSpan, in table: Table, options: PutOptions = []
  ) throws(LMDBError) {
    guard try store(key, value, in: table, options) else { throw keyExists(table) }
  }

  /// Stores a value under a key, in place of the one before. See ``put(_:_:in:options:)-(RawSpan,_,_,_)``.
  package mutating func put(
    _ key: [UInt8], _ value: [UInt8], in table: Table, options: PutOptions = []
  ) throws(LMDBError) {
    try put(key.span.bytes, value.span.bytes, in: table, options: options)
  }

  /// Stores a value that is built in its place, without a buffer in between.
  ///
  /// - Parameters:
  ///   - byteCount: length of the value.
  ///   - fill: writes exactly that many bytes.
  /// - Precondition: `fill` writes `byteCount` bytes.
  /// - Throws: as ``put(_:_:in:options:)-(RawSpan,_,_,_)``.
  package mutating func put(
    _ key: RawSpan, byteCount: Int, in table: Table, options: PutOptions = [], fill: (inout ValueWriter) -> Void
  ) throws(LMDBError) {
    guard let place = try handle.reserve(byteCount, under: key, in: table, flags: options.rawValue) else {
      throw keyExists(table)
    }
    var writer = ValueWriter(
      filling: UnsafeMutableRawBufferPointer(rebasing: place[StoredValue.headerByteCount...]))
    fill(&writer)
    precondition(writer.remainingByteCount == 0, "fewer bytes than announced")
    StoredValue.seal(place, key: key)
  }

  /// Stores a value that is built in its place. See ``put(_:byteCount:in:options:fill:)-(RawSpan,_,_,_,_)``.
  package mutating func put(
    _ key: [UInt8], byteCount: Int, in table: Table, options: PutOptions = [], fill: (inout ValueWriter) -> Void
  ) throws(LMDBError) {
    try put(key.span.bytes, byteCount: byteCount, in: table, options: options, fill: fill)
  }

  /// Stores a value unless there is one under the key; tells whether it did.
  ///
  /// - Throws: as ``put(_:_:in:options:)-(RawSpan,_,_,_)``, but for `keyExists`.
  package mutating func insert(_ key: RawSpan, _ value: RawSpan, in table: Table) throws(LMDBError) -> Bool {
    try store(key, value, in: table, .noOverwrite)
  }

  /// Stores a value unless there is one under the key; tells whether it did.
  package mutating func insert(_ key: [UInt8], _ value: [UInt8], in table: Table) throws(LMDBError) -> Bool {
    try store(key.span.bytes, value.span.bytes, in: table, .noOverwrite)
  }

  /// Removes the value under a key; tells whether there was one.
  @discardableResult
  package mutating func delete(_ key: RawSpan, in table: Table) throws(LMDBError) -> Bool {
    try handle.delete(key, in: table)
  }

  /// Removes the value under a key; tells whether there was one.
  @discardableResult
  package mutating func delete(_ key: [UInt8], in table: Table) throws(LMDBError) -> Bool {
    try handle.delete(key.span.bytes, in: table)
  }

  private func store(
    _ key: RawSpan, _ value: RawSpan, in table: Table, _ options: PutOptions
  ) throws(LMDBError) -> Bool {
    let place = try handle.reserve(value.byteCount, under: key, in: table, flags: options.rawValue)
    guard let place else { return false }
    value.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(rebasing: place[StoredValue.headerByteCount...]).copyMemory(from: bytes)
    }
    StoredValue.seal(place, key: key)
    return true
  }

  private func keyExists(_ table: Table) -> LMDBError {
    LMDBError(code: MDB_KEYEXIST, operation: .put, table: table.name)
  }

  @usableFromInline
  consuming func commit() throws(LMDBError) {
    // mdb_txn_commit frees the transaction, whether it succeeds or not.
    let code = mdb_txn_commit(handle.pointer)
    settle(committed: code == MDB_SUCCESS)
    // LMDB calls a write that ended early EIO (`mdb_page_flush`: "short write, filesystem full?").
    try check(code == EIO && environment.isWithoutRoom ? ENOSPC : code, .commitTransaction)
  }

  @usableFromInline
  consuming func abort() {
    mdb_txn_abort(handle.pointer)
    settle(committed: false)
  }

  /// `mdb_dbi_open`: a handle is shared once its transaction is committed, and closed if that is abandoned.
  private func settle(committed: Bool) {
    guard !openedTables.isEmpty else { return }
    let tables = openedTables
    guard committed else {
      for table in tables { table.markDropped() }
      return
    }
    environment.state.withLock { state in
      for table in tables where !table.isDropped { state.tables[table.name] = table }
    }
  }
}
