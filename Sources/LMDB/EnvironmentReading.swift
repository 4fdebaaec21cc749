import CLMDB
import Synchronization

extension Environment {
  /// A reader of its own for a thread, event loop or actor that reads often.
  ///
  /// - Throws: `readersFull`, `closed`, `mapResized`.
  package func makeReader() throws(LMDBError) -> Reader {
    Reader(environment: self, slot: try takeSlot())
  }

  /// Reads one snapshot with a reader borrowed from a pool; for callers without a ``Reader``.
  ///
  /// The body cannot keep the transaction, and runs without suspension. Keep it short: LMDB's caveats say that a long
  /// read keeps freed pages from being reused, and the file grows.
  ///
  /// - Throws: what the body throws; `readersFull`, `closed`, `mapResized`, `panic`.
  @inlinable
  package func read<Result, Failure: LMDBFailure>(
    _ body: (borrowing ReadTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let slot: ReadSlot
    do throws(LMDBError) { slot = try takeSlot() } catch { throw Failure(lmdb: error) }
    defer { giveBack(slot) }
    return try read(on: slot, body)
  }

  /// Reads one snapshot with a reader borrowed from a pool, by a body that throws nothing.
  @inlinable
  package func read<Result>(_ body: (borrowing ReadTransaction) -> Result) throws(LMDBError) -> Result {
    try read { (transaction: borrowing ReadTransaction) throws(LMDBError) in body(transaction) }
  }

  @inlinable
  func read<Result, Failure: LMDBFailure>(
    on slot: ReadSlot, _ body: (borrowing ReadTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let handle: TransactionHandle
    do throws(LMDBError) { handle = try begin(slot) } catch { throw Failure(lmdb: error) }
    defer { slot.end() }
    return try body(ReadTransaction(handle: handle))
  }

  @usableFromInline
  func begin(_ slot: ReadSlot) throws(LMDBError) -> TransactionHandle {
    try slot.begin(unlessClosed: isClosed)
    return TransactionHandle(pointer: slot.transaction, environment: serial, catalogue: catalogue)
  }

  /// An idle slot, or a new one.
  @usableFromInline
  func takeSlot() throws(LMDBError) -> ReadSlot {
    try state.withLock { (state) throws(LMDBError) in
      guard !state.isClosing else { throw LMDBError(.closed, operation: .beginTransaction) }
      if let slot = state.idleSlots.popLast() { return slot }
      let transaction = try handle.begin(flags: MDB_RDONLY)
      mdb_txn_reset(transaction)
      let slot = ReadSlot(transaction: transaction)
      state.slots.append(slot)
      return slot
    }
  }

  /// Puts a slot back into the pool; after closing there is none.
  @usableFromInline
  func giveBack(_ slot: ReadSlot) {
    state.withLock { state in
      if !state.isClosing { state.idleSlots.append(slot) }
    }
  }
}
