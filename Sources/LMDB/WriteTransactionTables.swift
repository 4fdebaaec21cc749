import CLMDB

extension WriteTransaction {
  /// The table of that name, made if need be.
  ///
  /// A table opened here is known to ``Environment/table(named:)`` once the transaction is committed; if it is
  /// abandoned, the handle is good for nothing (`tableDropped`).
  ///
  /// - Throws: `tableNotFound` unless `create`; `tablesFull`, `incompatibleTable`, `invalidTableName`, `mapFull`.
  package mutating func openTable(_ name: String, create: Bool = false) throws(LMDBError) -> Table {
    if let table = openedTables.last(where: { $0.name == name && !$0.isDropped }) { return table }
    if let table = environment.state.withLock({ $0.tables[name] }) { return table }
    // mdb_dbi_open: must not be called from concurrent transactions; only the one writer calls it.
    let table = try Catalogue.open(
      name, in: handle.pointer, flags: create ? MDB_CREATE : 0, environment: environment.serial)
    openedTables.append(table)
    return table
  }

  /// Removes a table and all it holds.
  ///
  /// From here on every use of the handle throws `tableDropped`, also in reads of older snapshots, and even if the
  /// transaction is abandoned: LMDB closes the handle at once. After such an abandonment ``openTable(_:create:)`` gives
  /// a new handle to the table, which is then still there. So drop tables in a transaction of their own.
  ///
  /// `mdb_dbi_close`: a handle may be closed only if no other thread refers to it any further. So reads in progress are
  /// waited for.
  ///
  /// - Throws: `busy` if a read in progress does not end; `tableDropped`, `mapFull`.
  package mutating func dropTable(_ table: Table) throws(LMDBError) {
    try table.validate(environment: environment.serial, .dropTable)
    table.markDropped()
    environment.state.withLock { state in
      if state.tables[table.name] === table { state.tables[table.name] = nil }
    }
    try environment.waitForReads(.dropTable)
    try check(mdb_drop(handle.pointer, table.handle, 1), .dropTable, table: table)
  }

  /// Removes all entries of a table, and keeps the table.
  package mutating func clear(_ table: Table) throws(LMDBError) {
    try table.validate(environment: environment.serial, .dropTable)
    try check(mdb_drop(handle.pointer, table.handle, 0), .dropTable, table: table)
  }
}
