import EventLog
import JSON
import LMDB

/// Events read before, for folding: a group's claims are read again whenever one is added.
final class EventCache {
  /// Events kept at the most; beyond, all are let go. At 500 bytes an event, a few megabytes.
  private static let limit = 8_192

  private let tables: LogTables
  /// Made when first needed: most questions read no event.
  private lazy var parser = DurableEvent.lineParser()
  private var events: [UInt64: DurableEvent] = [:]

  init(_ tables: LogTables) {
    self.tables = tables
  }

  /// Keeps an event that is at hand.
  func keep(_ event: DurableEvent) {
    if events.count >= Self.limit { events.removeAll(keepingCapacity: true) }
    events[event.position] = event
  }

  /// The event at `position`.
  ///
  /// - Throws: `damaged` where it is missing or unreadable.
  func event(
    at position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> DurableEvent {
    if let event = events[position] { return event }
    guard let line = try tables.line(at: position, transaction) else {
      throw .damaged(position: position, reason: "missing from LMDB")
    }
    let event = try DurableEvent(reading: line, at: position, with: parser)
    keep(event)
    return event
  }
}
