import CLMDB
import Synchronization

/// A named table of an environment: keys in byte order, one value each.
///
/// Obtained from ``Environment/table(named:)`` or ``WriteTransaction/openTable(_:create:)``, one object per table, good
/// until the table is dropped. LMDB's duplicate keys (`MDB_DUPSORT`) and integer keys (`MDB_INTEGERKEY`) are not
/// expressible.
@usableFromInline
package final class Table: Sendable {
  /// The table's name.
  package let name: String
  /// LMDB's handle. `mdb_dbi_close` lets its number be given to another table, hence ``isDropped``.
  let handle: MDB_dbi
  /// Serial number of the environment, see ``Environment/serial``.
  private let environment: UInt64
  private let dropped = Atomic(false)

  init(name: String, handle: MDB_dbi, environment: UInt64) {
    self.name = name
    self.handle = handle
    self.environment = environment
  }

  /// Whether the table was dropped, or made in a transaction that was abandoned.
  package var isDropped: Bool {
    // Sequentially consistent, against the epoch in ReadSlot: either a read sees the mark, or the drop sees the read.
    dropped.load(ordering: .sequentiallyConsistent)
  }

  func markDropped() {
    dropped.store(true, ordering: .sequentiallyConsistent)
  }

  /// Checks that the table can be used in a transaction of the environment with this serial number.
  ///
  /// - Precondition: the table is one of that environment; the number of another's may mean any table.
  @inline(__always)
  func validate(environment serial: UInt64, _ operation: Operation) throws(LMDBError) {
    precondition(environment == serial, "table of another environment")
    guard !isDropped else { throw LMDBError(.tableDropped, operation: operation, table: name) }
  }
}
