import LMDB

/// Who is told of every event, inside the transaction that stores it: the views.
///
/// All calls come on the one thread that writes to LMDB.
package protocol LogObserver: AnyObject, Sendable {
  /// Opens what the observer needs, before anything is applied.
  func prepare(_ writer: Writer, tables: LogTables) throws(EventLogError)
  /// Takes in an event that has just been stored in the same transaction.
  func apply(_ event: DurableEvent, _ transaction: inout WriteTransaction) throws(EventLogError)
  /// Writes what it has gathered, before the transaction is committed.
  func willCommit(_ transaction: inout WriteTransaction) throws(EventLogError)
  /// Learns that everything up to `position` is committed, or, where the transaction failed, that nothing of it is.
  func didEnd(committed position: UInt64?)
  /// Does a bounded piece of work that is left to do; tells whether more is left.
  func workInBackground(_ writer: Writer) throws(EventLogError) -> Bool
}
