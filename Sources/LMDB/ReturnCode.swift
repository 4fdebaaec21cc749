import CLMDB

/// Throws unless `code`, returned by an LMDB function, is `MDB_SUCCESS`.
@inline(__always)
func check(_ code: Int32, _ operation: Operation, table: Table? = nil) throws(LMDBError) {
  guard code != MDB_SUCCESS else { return }
  throw LMDBError(code: code, operation: operation, table: table?.name)
}
