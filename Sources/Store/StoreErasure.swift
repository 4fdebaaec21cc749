import Claims
import Digests
import EventLog
import Files
import LMDB
import WriteAheadLog

/// Destroys the body of an event in every copy of the store: `schema/audit.md`, "Erasure".
///
/// First the erasure is recorded, as an event, so that from then on it will be done, whatever happens; then the bytes go from the
/// write-ahead log; then LMDB is made anew from it. Whoever opens the store next finishes what was begun.
package enum StoreErasure {
  /// What was done.
  package struct Report: Sendable {
    package let position: UInt64
    /// Position of the event that records it.
    package let by: UInt64
    package let leaf: Digest256
  }

  /// Erases an event. The daemon must be down.
  ///
  /// - Parameters:
  ///   - reason: recorded, for everyone to read.
  ///   - peer: who erases, as `recordedby` will say.
  package static func run(
    _ path: String, position: UInt64, reason: String, by peer: Peer, options: EventLogOptions = EventLogOptions(),
    progress: StoreRebuild.Progress = { _, _ in }
  ) throws(ErasureError) -> Report {
    if let kept = try logged({ () throws(EventLogError) in try keptLog(in: path, options) }) {
      throw .notErasable("\(path)/\(kept) is a damaged log that was kept, and may hold the event; move it away first")
    }
    _ = try logged { () throws(EventLogError) in try finish(path, options: options, progress: progress) }
    let store = try logged { () throws(EventLogError) in try Store(path, options: options) }
    let recorded: Result<Report, ErasureError>
    do throws(ErasureError) { recorded = .success(try record(position, reason, peer, store)) } catch {
      recorded = .failure(error)
    }
    try logged { () throws(EventLogError) in try store.close() }
    let report = try recorded.get()
    KillPoint.erasureRecorded.pass()
    _ = try logged { () throws(EventLogError) in try finish(path, options: options, progress: progress) }
    return report
  }

  /// Finishes the erasures that are recorded and not done. The daemon must be down.
  ///
  /// - Returns: the positions erased.
  package static func finish(
    _ path: String, options: EventLogOptions = EventLogOptions(), progress: StoreRebuild.Progress = { _, _ in }
  ) throws(EventLogError) -> [UInt64] {
    let store = try Store(path, options: options)
    let open: Result<OpenErasures, StoreError>
    do throws(StoreError) { open = .success(try store.openErasures()) } catch { open = .failure(error) }
    try store.close()
    let erasures: OpenErasures
    switch open {
    case .success(let found): erasures = found
    case .failure(.log(let error)): throw error
    case .failure(let error): throw .projection(reason: "\(error)")
    }
    guard !erasures.tombstones.isEmpty else { return [] }
    let folder = try DataFolder(path, fileSystem: options.fileSystem)
    try logging { () throws(WALError) in
      try WriteAheadLog.erase(
        erasures.tombstones, blotting: erasures.contents, directory: folder.writeAheadLog,
        fileSystem: options.fileSystem)
    }
    _ = try StoreRebuild.run(in: folder, options, progress)
    // What an interrupted rebuild or verification left may hold the bytes too.
    for name in ["lmdb.old", "lmdb.new", "verify.tmp"] {
      try StoreRebuild.filing { () throws(FileError) in
        try StoreRebuild.remove("\(folder.path)/\(name)", options.fileSystem)
      }
    }
    try logging { () throws(WALError) in
      try WriteAheadLog.finishErasure(directory: folder.writeAheadLog, fileSystem: options.fileSystem)
    }
    return erasures.tombstones.map(\.position)
  }

  private static func record(
    _ position: UInt64, _ reason: String, _ peer: Peer, _ store: Store
  ) throws(ErasureError) -> Report {
    let leaf = try check(position, store)
    let event: PreparedEvent
    do throws(EventError) { event = try .erasure(of: position, leaf: leaf, reason: reason) } catch {
      throw .reason(error.message)
    }
    do throws(AppendError) {
      let outcome = try store.log.append(AppendBatch([event], by: peer))
      return Report(position: position, by: outcome.positions[0], leaf: leaf)
    } catch { throw .append(error) }
  }

  /// A damaged write-ahead log that was replaced (``LogRestoration``), which nobody erases from.
  private static func keptLog(in path: String, _ options: EventLogOptions) throws(EventLogError) -> String? {
    try StoreRebuild.filing { () throws(FileError) in
      guard try options.fileSystem.exists(path) else { return nil }
      return try options.fileSystem.list(path).first { $0.hasPrefix(DataFolder.damagedPrefix) }
    }
  }

  /// What can be erased is an event that is there, and is not itself the record of an erasure.
  private static func check(_ position: UInt64, _ store: Store) throws(ErasureError) -> Digest256 {
    do throws(StoreError) {
      let line = try store.line(at: position)
      let event = try found { () throws(EventLogError) in
        try DurableEvent(reading: line, at: position, with: DurableEvent.lineParser())
      }
      if let tombstone = event.tombstone {
        throw StoreError.notFound("event \(position) was erased by event \(tombstone.by)")
      }
      if event.event.body is EventErased {
        throw StoreError.notFound("event \(position) records an erasure, which must stay on record")
      }
      return event.leaf
    } catch {
      if case .notFound(let message) = error { throw .notErasable(message) }
      throw .store(error)
    }
  }

  private static func logged<Result: ~Copyable>(
    _ body: () throws(EventLogError) -> Result
  ) throws(ErasureError) -> Result {
    do throws(EventLogError) { return try body() } catch { throw .store(.log(error)) }
  }
}

/// Why an event was not erased.
package enum ErasureError: Error, Sendable {
  /// There is no such event, or none that can be erased.
  case notErasable(String)
  /// The reason given is none.
  case reason(String)
  /// The erasure could not be recorded.
  case append(AppendError)
  /// The store failed.
  case store(StoreError)
}

extension ErasureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notErasable(let message): message
    case .reason(let message): "the reason is refused: \(message)"
    case .append(let error): "the erasure could not be recorded, and nothing was erased: \(error)"
    case .store(.log(let error)): "\(error)"
    case .store(let error): "\(error)"
    }
  }
}
