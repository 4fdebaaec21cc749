/// What reading and writing transactions have in common: reading.
///
/// Code that only reads takes `borrowing some Transaction & ~Copyable` and works inside either. Keys are byte strings
/// of 1 to 511 bytes; other lengths throw `keyEmpty` or `keyTooLong`. Every value read is checked against its
/// checksum, and a mismatch throws `checksumMismatch`.
@usableFromInline
package protocol Transaction: ~Copyable {
  /// LMDB's transaction.
  var handle: TransactionHandle { get }
}

extension Transaction where Self: ~Copyable {
  /// Shows the value under `key` to a body, without a copy; `nil` if there is none.
  @inlinable
  package borrowing func withValue<Result, Failure: LMDBFailure>(
    of key: RawSpan, in table: Table, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    let found: UnsafeRawBufferPointer?
    do throws(LMDBError) { found = try handle.find(key, in: table) } catch { throw Failure(lmdb: error) }
    guard let found else { return nil }
    return try body(found.bytes)
  }

  /// Shows the value under `key` to a body that throws nothing, without a copy; `nil` if there is none.
  @inlinable
  package borrowing func withValue<Result>(
    of key: RawSpan, in table: Table, _ body: (RawSpan) -> Result
  ) throws(LMDBError) -> Result? {
    guard let found = try handle.find(key, in: table) else { return nil }
    return body(found.bytes)
  }

  /// Shows the value under `key` to a body, without a copy; `nil` if there is none.
  @inlinable
  package borrowing func withValue<Result, Failure: LMDBFailure>(
    of key: [UInt8], in table: Table, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    try withValue(of: key.span.bytes, in: table, body)
  }

  /// Shows the value under `key` to a body that throws nothing, without a copy; `nil` if there is none.
  @inlinable
  package borrowing func withValue<Result>(
    of key: [UInt8], in table: Table, _ body: (RawSpan) -> Result
  ) throws(LMDBError) -> Result? {
    try withValue(of: key.span.bytes, in: table, body)
  }

  /// A copy of the value under `key`; `nil` if there is none.
  package borrowing func get(_ key: RawSpan, in table: Table) throws(LMDBError) -> [UInt8]? {
    try handle.find(key, in: table).map { [UInt8]($0) }
  }

  /// A copy of the value under `key`; `nil` if there is none.
  package borrowing func get(_ key: [UInt8], in table: Table) throws(LMDBError) -> [UInt8]? {
    try get(key.span.bytes, in: table)
  }

  /// Whether there is a value under `key`. The value is not looked at, nor its checksum.
  package borrowing func contains(_ key: RawSpan, in table: Table) throws(LMDBError) -> Bool {
    try handle.contains(key, in: table)
  }

  /// Whether there is a value under `key`. The value is not looked at, nor its checksum.
  package borrowing func contains(_ key: [UInt8], in table: Table) throws(LMDBError) -> Bool {
    try handle.contains(key.span.bytes, in: table)
  }

  /// How many entries a table has. LMDB keeps the number, so nothing is counted.
  package borrowing func count(of table: Table) throws(LMDBError) -> Int {
    try handle.statistics(of: table).entries
  }

  /// The shape of a table's tree.
  package borrowing func statistics(of table: Table) throws(LMDBError) -> Statistics {
    try handle.statistics(of: table)
  }

  /// The names of all tables in this snapshot, in byte order.
  package borrowing func tableNames() throws(LMDBError) -> [String] {
    try Catalogue.names(handle.pointer, catalogue: handle.catalogue)
  }
}
