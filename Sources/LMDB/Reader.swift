/// A reusable read transaction, so that a read takes no lock and allocates nothing.
///
/// `mdb_txn_renew` and `mdb_txn_reset` around each read, a reader slot kept in between. Not Sendable: it belongs to
/// one thread, event loop or actor at a time. `MDB_NOTLS` ties its slot to it instead of to a thread, so it may be
/// handed on. When it is let go, its slot returns to the environment's pool.
@usableFromInline
package final class Reader {
  /// The environment it reads.
  @usableFromInline
  package let environment: Environment
  @usableFromInline let slot: ReadSlot

  init(environment: Environment, slot: ReadSlot) {
    self.environment = environment
    self.slot = slot
  }

  deinit {
    environment.giveBack(slot)
  }

  /// Reads the newest snapshot. It stays as it is, whatever is committed meanwhile, until the body returns.
  ///
  /// The body cannot keep the transaction, and runs without suspension. Keep it short: LMDB's caveats say that a long
  /// read keeps freed pages from being reused, and the file grows.
  ///
  /// - Precondition: not called from inside a read of the same reader.
  /// - Throws: what the body throws; `closed`, `mapResized`, `panic`.
  @inlinable
  package func read<Result, Failure: LMDBFailure>(
    _ body: (borrowing ReadTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try environment.read(on: slot, body)
  }

  /// Reads the newest snapshot by a body that throws nothing.
  @inlinable
  package func read<Result>(_ body: (borrowing ReadTransaction) -> Result) throws(LMDBError) -> Result {
    try read { (transaction: borrowing ReadTransaction) throws(LMDBError) in body(transaction) }
  }
}
