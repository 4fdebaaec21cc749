import EventLog
import Glibc
import Threads

@testable import LMDB

/// An observer without tables of its own, which can hold up or fail the applying thread.
final class Watcher: LogObserver {
  private struct State {
    var isHeld = false
    var failing: UInt64?
    /// Events for which a transaction has room; nil for any number.
    var room: Int?
    /// Events in the transaction.
    var taken = 0
    var onApply: (@Sendable (UInt64) -> Void)?
  }

  private let state = Monitor(State())

  /// Fails when the event at `failing` is applied.
  init(failing: UInt64? = nil) {
    state.withLock { $0.failing = failing }
  }

  /// Lets nothing be applied until ``release()``.
  func hold() { state.change { $0.isHeld = true } }

  /// Lets events be applied again.
  func release() { state.change { $0.isHeld = false } }

  /// Fails as LMDB does that has room for so many events in a transaction only, until it is told otherwise.
  func setRoom(_ room: Int?) { state.change { $0.room = room } }

  /// Calls `body` with the position of each event that is applied.
  func onApply(_ body: @escaping @Sendable (UInt64) -> Void) { state.change { $0.onApply = body } }

  func prepare(_ writer: Writer, tables: LogTables) {}

  func apply(_ event: DurableEvent, _ transaction: inout WriteTransaction) throws(EventLogError) {
    let (failing, onApply, hasRoom) = state.wait(until: { !$0.isHeld }) { state in
      state.taken += 1
      return (state.failing, state.onApply, state.taken <= state.room ?? .max)
    }
    if !hasRoom { throw .lmdb(LMDBError(code: ENOSPC, operation: .put)) }
    onApply?(event.position)
    if event.position == failing { throw .projection(reason: "told to fail at \(event.position)") }
  }

  func willCommit(_ transaction: inout WriteTransaction) {}
  func didEnd(committed position: UInt64?) { state.withLock { $0.taken = 0 } }
  func workInBackground(_ writer: Writer) -> Bool { false }
}
