import CLMDB
import Glibc
import Synchronization

/// An open LMDB environment: one data file, many named tables, one writer, any number of readers.
///
/// Reads see a snapshot and never wait; writes go through the one ``Writer``. Every write that returns is atomic, and
/// durable to the degree the ``Flags`` say.
///
/// A failing device or a truncated file is met by the processor, not by LMDB, where a page of the map is first
/// touched: it ends the process with `SIGBUS` and cannot be reported as an error.
@usableFromInline
package final class Environment: Sendable {
  /// The directory that holds the data and lock files.
  package let directory: String
  /// Whether it was opened for reading only.
  package let isReadOnly: Bool

  let handle: EnvironmentHandle
  /// Distinguishes environments, and so the tables of one from those of another; never used twice in a process.
  let serial: UInt64
  /// LMDB's handle of the unnamed table, whose keys are the names of the others.
  let catalogue: MDB_dbi
  /// The thread inside a write transaction, as `pthread_self`, or 0.
  let writingThread = Atomic<UInt>(0)
  let state: Mutex<EnvironmentState>
  let isClosed = Atomic(false)
  private let claim: [FileIdentity]

  private static let serials = Atomic<UInt64>(1)

  /// Opens the environment in a directory, which must exist; makes the files unless `readOnly`.
  ///
  /// Reader slots of dead processes are cleared, and all tables are opened, since `mdb_dbi_open` must not be called
  /// from concurrent transactions: from here on only the writer calls it.
  ///
  /// - Throws: `alreadyOpen`, `noSuchFile`, `accessDenied`, `invalidFile`, `versionMismatch`, `outOfMemory` (no address
  ///   space for the map), `tablesFull`, `incompatibleTable`.
  package init(directory: String, options: Options = Options()) throws(LMDBError) {
    let claim = try OpenEnvironments.claim(directory: directory)
    do throws(LMDBError) {
      handle = try EnvironmentHandle.open(directory: directory, options: options)
    } catch {
      OpenEnvironments.release(claim)
      throw error
    }
    serial = Self.serials.wrappingAdd(1, ordering: .relaxed).oldValue
    let catalogue: Catalogue
    do throws(LMDBError) {
      catalogue = try Catalogue.open(handle, environment: serial)
    } catch {
      mdb_env_close(handle.pointer)
      OpenEnvironments.release(claim)
      throw error
    }
    self.claim = OpenEnvironments.extend(claim, directory: directory)
    self.directory = directory
    self.catalogue = catalogue.handle
    isReadOnly = options.readOnly
    state = Mutex(EnvironmentState(tables: catalogue.tables))
  }

  deinit {
    // Readers and the writer hold the environment, so none is left.
    if !isClosed.load(ordering: .relaxed) { tearDown() }
  }

  /// Closes the environment and lets it be opened again; further use throws `closed`. Closing twice does nothing.
  ///
  /// `mdb_env_close`: all transactions must be closed before. So reads in progress are waited for, and a living
  /// ``Writer`` or a running copy, sync or check refuses.
  ///
  /// - Throws: `busy`; the environment then stays open.
  package func close() throws(LMDBError) {
    let begun = try state.withLock { (state) throws(LMDBError) in
      guard !state.isClosing else { return false }
      guard !state.hasWriter, state.operationsInProgress == 0 else {
        throw LMDBError(.busy, operation: .closeEnvironment)
      }
      state.isClosing = true
      return true
    }
    guard begun else { return }
    isClosed.store(true, ordering: .sequentiallyConsistent)
    do throws(LMDBError) {
      try waitForReads(.closeEnvironment)
    } catch {
      isClosed.store(false, ordering: .sequentiallyConsistent)
      state.withLock { $0.isClosing = false }
      throw error
    }
    tearDown()
  }

  private func tearDown() {
    let slots = state.withLock { state in
      defer { state = EnvironmentState(tables: [:], isClosing: true) }
      return state.slots
    }
    for slot in slots { mdb_txn_abort(slot.transaction) }
    mdb_env_close(handle.pointer)
    OpenEnvironments.release(claim)
  }

  /// The table of that name, if it existed at opening or was made by the writer since.
  ///
  /// Touches no transaction: may be called anywhere, and costs a dictionary look-up.
  ///
  /// - Throws: `tableNotFound`.
  package func table(named name: String) throws(LMDBError) -> Table {
    guard let table = state.withLock({ $0.tables[name] }) else {
      throw LMDBError(.tableNotFound, operation: .openTable, table: name)
    }
    return table
  }

  /// Waits until every read now in progress has ended. Reads begun later are not waited for.
  ///
  /// - Throws: `busy` after ``readPatience``.
  func waitForReads(_ operation: Operation) throws(LMDBError) {
    let slots = state.withLock { $0.slots }
    var pauses = 0
    for slot in slots {
      guard let read = slot.readInProgress else { continue }
      while slot.isStill(read) {
        guard pauses < Self.readPatience else { throw LMDBError(.busy, operation: operation) }
        pauses += 1
        usleep(Self.readPause)
      }
    }
  }

  /// Microseconds between two looks at a read that is waited for.
  private static let readPause: UInt32 = 200
  /// Looks before giving up: ten seconds. Reads are short, so a longer one waits for its waiter, or forgot to end.
  private static let readPatience = 50_000
}
