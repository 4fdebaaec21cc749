import Glibc
import Synchronization

/// The right to write to an environment, of which there is one.
///
/// All write transactions run on the thread that made the writer. LMDB demands that a write transaction stays on its
/// thread (`mdb_txn_begin`) and, with `MDB_NOTLS`, that the application serialises them in an OS thread
/// (`mdb_env_open`); one thread for all is the simple way to be sure. Not Sendable, so the compiler keeps it from
/// other threads where it can, and a precondition does where it cannot. To move writing to another thread, let the
/// writer go and make a new one there.
@usableFromInline
package final class Writer {
  /// The environment it writes to.
  @usableFromInline
  package let environment: Environment
  private let thread: pthread_t

  fileprivate init(environment: Environment) {
    self.environment = environment
    thread = pthread_self()
  }

  deinit {
    environment.state.withLock { $0.hasWriter = false }
  }

  /// Runs a write transaction: commits when the body returns, and abandons everything when it throws.
  ///
  /// The body can neither end the transaction nor keep it, and runs without suspension. If the environment is being
  /// written by another process, it is waited for.
  ///
  /// - Precondition: called on the thread that made the writer, not from inside another `write`.
  /// - Throws: what the body throws; from beginning and committing `diskFull`, `io`, `outOfMemory`, `panic`,
  ///   `mapResized`, and `badTransaction` if the body swallowed an error that had spoilt the transaction. Nothing is
  ///   then written.
  @inlinable
  package func write<Result, Failure: LMDBFailure>(
    _ body: (inout WriteTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let handle: TransactionHandle
    do throws(LMDBError) { handle = try begin() } catch { throw Failure(lmdb: error) }
    defer { end() }
    var transaction = WriteTransaction(handle: handle, environment: environment)
    let result: Result
    do throws(Failure) {
      result = try body(&transaction)
    } catch {
      transaction.abort()
      throw error
    }
    do throws(LMDBError) { try transaction.commit() } catch { throw Failure(lmdb: error) }
    return result
  }

  /// The table of that name, made if need be in a write transaction of its own.
  ///
  /// - Throws: `tableNotFound` unless `create`; `tablesFull`, `incompatibleTable`, `invalidTableName`, and what
  ///   ``write(_:)`` throws.
  package func table(named name: String, create: Bool) throws(LMDBError) -> Table {
    try write { (transaction) throws(LMDBError) in try transaction.openTable(name, create: create) }
  }

  @usableFromInline
  func begin() throws(LMDBError) -> TransactionHandle {
    precondition(pthread_equal(thread, pthread_self()) != 0, "a write on another thread than the writer's")
    precondition(environment.writingThread.load(ordering: .relaxed) == 0, "a write inside a write")
    let pointer = try environment.handle.begin(flags: 0)
    environment.writingThread.store(UInt(thread), ordering: .relaxed)
    return TransactionHandle(pointer: pointer, environment: environment.serial, catalogue: environment.catalogue)
  }

  @usableFromInline
  func end() {
    environment.writingThread.store(0, ordering: .relaxed)
  }
}

extension Environment {
  /// The environment's one writer, bound to the calling thread.
  ///
  /// - Throws: `writerTaken` while another lives; `readOnly`, `closed`.
  package func makeWriter() throws(LMDBError) -> Writer {
    guard !isReadOnly else { throw LMDBError(.readOnly, operation: .makeWriter) }
    try state.withLock { (state) throws(LMDBError) in
      guard !state.isClosing else { throw LMDBError(.closed, operation: .makeWriter) }
      guard !state.hasWriter else { throw LMDBError(.writerTaken, operation: .makeWriter) }
      state.hasWriter = true
    }
    return Writer(environment: self)
  }
}
