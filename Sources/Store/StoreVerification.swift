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
    let folder = try checking { () throws(EventLogError) in try DataFolder(path, fileSystem: options.fileSystem) }
    let scratch = "\(folder.path)/verify.tmp"
    defer { try? StoreRebuild.remove(scratch, options.fileSystem) }
    let (stored, rebuilt, summary) = try checking { () throws(EventLogError) in
      try StoreRebuild.filing { () throws(FileError) in try StoreRebuild.remove(scratch, options.fileSystem) }
      return try rebuild(folder, into: scratch, options, progress)
    }
    let (tables, entries) = try TableComparison(stored: stored, rebuilt: rebuilt.environment).run()
    try checking { () throws(EventLogError) in
      try storing { () throws(LMDBError) in
        try stored.close()
        try rebuilt.environment.close()
      }
    }
    return Report(
      segments: summary.segments, frames: summary.frames, events: summary.head, tables: tables, entries: entries,
      behind: summary.head - rebuilt.position)
  }

  /// Reads all of the write-ahead log, and rebuilds from it what LMDB should hold.
  private static func rebuild(
    _ folder: DataFolder, into scratch: String, _ options: EventLogOptions, _ progress: StoreRebuild.Progress
  ) throws(EventLogError) -> (stored: Environment, rebuilt: LogRebuild, LogSummary) {
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
      throw .writeAheadLog(.missingEntries(head: summary.head, expected: applied))
    }
    let rebuilt = try LogRebuild(into: scratch, observer: ViewEngine(Views.all), options: options)
    var cursor = try logging { () throws(WALError) in try reader.frames(from: summary.first, through: applied) }
    while let frame = try logging({ () throws(WALError) in try cursor.next() }) {
      for entry in frame.entries where entry.position <= applied { try rebuilt.take(Array(entry.bytes)) }
      progress(frame.lastPosition, summary.head)
    }
    try rebuilt.finish()
    return (stored, rebuilt, summary)
  }

  private static func checking<Result: ~Copyable>(
    _ body: () throws(EventLogError) -> Result
  ) throws(Damage) -> Result {
    do throws(EventLogError) { return try body() } catch { throw .log(error) }
  }
}

extension StoreVerification.Damage: LMDBFailure {
  package init(lmdb error: LMDBError) {
    self = .log(.lmdb(error))
  }
}

extension StoreVerification.Damage: CustomStringConvertible {
  /// The damage in words that name its place.
  package var description: String {
    switch self {
    case .log(let error): return "\(error)"
    case .differs(let table, let key, let position, let how):
      let place = position.map { "event \($0)" } ?? "an entry with key \(hexadecimal(key))"
      return "LMDB: \(place) of table \(table) \(how)"
    }
  }

  private func hexadecimal(_ key: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: key.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
