import CLMDB

/// The tables found in an environment when it is opened.
struct Catalogue {
  /// LMDB's handle of the unnamed table, whose keys are the tables' names.
  let handle: MDB_dbi
  let tables: [String: Table]

  /// Opens every table there is, in one read transaction, before the environment is shared.
  ///
  /// `mdb_dbi_open`: a handle is private to its transaction until that is committed.
  static func open(_ environment: EnvironmentHandle, environment serial: UInt64) throws(LMDBError) -> Catalogue {
    let transaction = try environment.begin(flags: MDB_RDONLY)
    let catalogue: Catalogue
    do throws(LMDBError) {
      catalogue = try read(transaction, serial)
    } catch {
      mdb_txn_abort(transaction)
      throw error
    }
    try check(mdb_txn_commit(transaction), .commitTransaction)
    return catalogue
  }

  private static func read(_ transaction: OpaquePointer, _ serial: UInt64) throws(LMDBError) -> Catalogue {
    var handle: MDB_dbi = 0
    try check(mdb_dbi_open(transaction, nil, 0, &handle), .openTable)
    var tables: [String: Table] = [:]
    for name in try names(transaction, catalogue: handle) {
      tables[name] = try open(name, in: transaction, flags: 0, environment: serial)
    }
    return Catalogue(handle: handle, tables: tables)
  }

  /// The names of all tables, in byte order.
  static func names(_ transaction: OpaquePointer, catalogue: MDB_dbi) throws(LMDBError) -> [String] {
    var opened: OpaquePointer?
    try check(mdb_cursor_open(transaction, catalogue, &opened), .openCursor)
    guard let cursor = opened else { preconditionFailure("mdb_cursor_open gave success and no cursor") }
    // mdb_cursor_open: a cursor of a read-only transaction must be closed explicitly.
    defer { mdb_cursor_close(cursor) }
    var names: [String] = []
    var key = MDB_val()
    var value = MDB_val()
    while true {
      let code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)
      guard code != MDB_NOTFOUND else { return names }
      try check(code, .moveCursor)
      names.append(String(decoding: key.bytes, as: UTF8.self))
    }
  }

  /// Opens one table in a transaction; the handle is good beyond it once it is committed.
  ///
  /// - Throws: `tableNotFound`, `tablesFull`, `incompatibleTable`, `invalidTableName`; with `MDB_CREATE` also what
  ///   `mdb_put` throws.
  static func open(
    _ name: String, in transaction: OpaquePointer, flags: Int32, environment serial: UInt64
  ) throws(LMDBError) -> Table {
    // The name is a key in the unnamed table, and a C string.
    guard (1...Key.maximumByteCount).contains(name.utf8.count), !name.utf8.contains(0) else {
      throw LMDBError(.invalidTableName, operation: .openTable, table: name)
    }
    var handle: MDB_dbi = 0
    let code = mdb_dbi_open(transaction, name, UInt32(flags), &handle)
    guard code != MDB_NOTFOUND else { throw LMDBError(.tableNotFound, operation: .openTable, table: name) }
    guard code == MDB_SUCCESS else { throw LMDBError(code: code, operation: .openTable, table: name) }
    var kind: UInt32 = 0
    let kindCode = mdb_dbi_flags(transaction, handle, &kind)
    guard kindCode == MDB_SUCCESS else { throw LMDBError(code: kindCode, operation: .openTable, table: name) }
    guard kind == 0 else { throw LMDBError(.incompatibleTable, operation: .openTable, table: name) }
    return Table(name: name, handle: handle, environment: serial)
  }
}
