import CLMDB
import Synchronization

/// A reusable read transaction, and the mark that it is in use.
///
/// Between reads the transaction is reset. `mdb_txn_reset`: the handle and, with `MDB_NOTLS`, its reader slot are
/// kept, so that `mdb_txn_renew` takes no lock and allocates nothing.
///
/// Sendable, since with `MDB_NOTLS` a read transaction may pass between threads that use it in turn; holders see to the
/// turns: ``Reader`` is not Sendable, and the pool lends a slot to one caller at a time.
@usableFromInline
final class ReadSlot: @unchecked Sendable {
  let transaction: OpaquePointer
  /// Odd while a read is in progress; one more at each beginning and each end.
  private let epoch = Atomic<UInt64>(0)

  init(transaction: OpaquePointer) {
    self.transaction = transaction
  }

  /// Begins a read: takes the newest snapshot.
  ///
  /// - Precondition: no read is in progress on this slot.
  func begin(unlessClosed isClosed: borrowing Atomic<Bool>) throws(LMDBError) {
    let before = epoch.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue
    precondition(before.isMultiple(of: 2), "a read inside a read of the same reader")
    guard !isClosed.load(ordering: .sequentiallyConsistent) else {
      markEnded()
      throw LMDBError(.closed, operation: .renewTransaction)
    }
    let code = mdb_txn_renew(transaction)
    guard code == MDB_SUCCESS else {
      markEnded()
      throw LMDBError(code: code, operation: .renewTransaction)
    }
  }

  /// Ends a read and lets go of its snapshot.
  @usableFromInline
  func end() {
    mdb_txn_reset(transaction)
    markEnded()
  }

  private func markEnded() {
    epoch.wrappingAdd(1, ordering: .releasing)
  }

  /// The read in progress, to be asked about with ``isStill(_:)``; `nil` if there is none.
  var readInProgress: UInt64? {
    let now = epoch.load(ordering: .sequentiallyConsistent)
    return now.isMultiple(of: 2) ? nil : now
  }

  /// Whether a read found by ``readInProgress`` goes on.
  func isStill(_ read: UInt64) -> Bool {
    epoch.load(ordering: .acquiring) == read
  }
}
