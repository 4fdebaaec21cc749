import Digests
import EventLog
import Files
import LMDB
import Projections
import Projectors
import WriteAheadLog

/// Checks a store at rest, every bit of it: the write-ahead log's checksums, chain and leaf hashes; that positions have no
/// gap and each event is still valid; and that LMDB, indexes and views included, is what a fresh rebuild from the
/// write-ahead log gives.
package enum StoreVerification {
  /// What was found sound.
  package struct Report: Sendable {
    package let segments: Int
    package let frames: Int
    package let events: UInt64
    /// Tables compared with the rebuild.
    package let tables: Int
    /// Entries of those tables.
    package let entries: Int
    /// Events in the write-ahead log that LMDB lacks; the next start applies them.
    package let behind: UInt64
  }

  /// The first thing found to be wrong.
  package enum Damage: Error, Sendable {
    /// The store could not be read, or a copy is damaged by itself.
    case log(EventLogError)
    /// An entry of LMDB is not what a rebuild from the write-ahead log gives.
    case differs(table: String, key: [UInt8], position: UInt64?, how: String)
  }

  /// Verifies the store in a folder. The daemon must be down.
  package static func run(
    _ path: String, options: EventLogOptions = EventLogOptions(), progress: StoreRebuild.Progress = { _, _ in }
  ) throws(Damage) -> Report {
    let folder: DataFolder
    do throws(EventLogError) { folder = try DataFolder(path, fileSystem: options.fileSystem) } catch {
      throw .log(error)
    }
    let scratch = "\(folder.path)/verify.tmp"
    defer { try? StoreRebuild.remove(scratch, options.fileSystem) }
    do throws(EventLogError) {
      try StoreRebuild.filing { () throws(FileError) in try StoreRebuild.remove(scratch, options.fileSystem) }
      return try verify(folder, scratch, options, progress).get()
    } catch { throw .log(error) }
  }

  private static func verify(
    _ folder: DataFolder, _ scratch: String, _ options: EventLogOptions, _ progress: StoreRebuild.Progress
  ) throws(EventLogError) -> Result<Report, Damage> {
    let reader = LogReader(directory: folder.writeAheadLog, fileSystem: options.fileSystem)
    let summary = try logging { () throws(WALError) in try reader.verify() }
    var environmentOptions = Environment.Options()
    environmentOptions.mapSize = options.mapBytes
    environmentOptions.readOnly = true
    let stored = try storing { () throws(LMDBError) in
      try Environment(directory: folder.lmdb, options: environmentOptions)
    }
    let applied = try LogTables.applied(in: stored)
    guard applied <= summary.head else {
      return .failure(
        .log(.writeAheadLog(.missingEntries(head: summary.head, expected: applied))))
    }
    let rebuild = try LogRebuild(into: scratch, observer: ViewEngine(Views.all), options: options)
    var cursor = try logging { () throws(WALError) in try reader.frames(from: summary.first, through: applied) }
    while let frame = try logging({ () throws(WALError) in try cursor.next() }) {
      for entry in frame.entries where entry.position <= applied { try rebuild.take(Array(entry.bytes)) }
      progress(frame.lastPosition, summary.head)
    }
    try rebuild.finish(logID: nil)
    let comparison = TableComparison(stored: stored, rebuilt: rebuild.environment)
    let compared: (tables: Int, entries: Int)
    do throws(Damage) { compared = try comparison.run() } catch { return .failure(error) }
    try storing { () throws(LMDBError) in
      try rebuild.environment.close()
      try stored.close()
    }
    return .success(
      Report(
        segments: summary.segments, frames: summary.frames, events: summary.head, tables: compared.tables,
        entries: compared.entries, behind: summary.head - applied))
  }
}
