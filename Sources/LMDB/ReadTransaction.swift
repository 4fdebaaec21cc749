import CLMDB

/// A snapshot being read. Lives inside the body of a `read`: it cannot be copied, kept, or carried over a suspension.
@usableFromInline
package struct ReadTransaction: Transaction, ~Copyable {
  /// LMDB's transaction.
  @usableFromInline
  package let handle: TransactionHandle

  @usableFromInline
  init(handle: TransactionHandle) {
    self.handle = handle
  }

  /// Number of the transaction whose commit this snapshot shows.
  ///
  /// `mdb_txn_id`: concurrent readers will frequently have the same.
  package var snapshot: Int {
    mdb_txn_id(handle.pointer)
  }
}
