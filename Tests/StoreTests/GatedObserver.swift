import EventLog
import LMDB
import Threads

/// Holds up the applying thread before it takes in an event, so that a test says when; then passes on to the views, if there are any.
final class GatedObserver: LogObserver {
  private let views: (any LogObserver)?
  /// The last position that may be applied.
  private let gate = Monitor<UInt64>(.max)

  init(_ views: (any LogObserver)?) {
    self.views = views
  }

  /// Lets events up to a position be applied, and no others.
  func open(through position: UInt64) { gate.change { $0 = position } }

  func prepare(_ writer: Writer, tables: LogTables) throws(EventLogError) {
    try views?.prepare(writer, tables: tables)
  }

  func apply(_ event: DurableEvent, _ transaction: inout WriteTransaction) throws(EventLogError) {
    gate.wait(until: { event.position <= $0 }, then: { _ in })
    try views?.apply(event, &transaction)
  }

  func willCommit(_ transaction: inout WriteTransaction) throws(EventLogError) {
    try views?.willCommit(&transaction)
  }

  func didEnd(committed position: UInt64?) { views?.didEnd(committed: position) }

  func workInBackground(_ writer: Writer) throws(EventLogError) -> Bool {
    try views?.workInBackground(writer) ?? false
  }
}
