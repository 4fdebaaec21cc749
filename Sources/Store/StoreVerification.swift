import Digests
import EventLog
import Files
import Glibc
import LMDB
import Projections
import Projectors
import WriteAheadLog

/// Checks a store at rest, or a backup of one, every bit of it: the write-ahead log's checksums, chain and leaf hashes; that positions have no
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
    /// Views that are being rebuilt or have stopped: their rows were checked against their checksums alone.
    package let unfinished: [String]
    /// Events in the write-ahead log that LMDB lacks; the next start applies them.
    package let behind: UInt64
  }

  /// The first thing found to be wrong.
  package enum Damage: Error, Sendable {
    /// The store could not be read, or a copy is damaged by itself.
    case log(EventLogError)
    /// An entry of LMDB is not what a rebuild from the write-ahead log gives.
    case differs(table: String, key: [UInt8], position: UInt64?, how: String)
    /// A backup's manifest is damaged, or speaks of something else than what lies there.
    case manifest(path: String, reason: String)
  }

  /// Verifies the store or the backup in a folder. No daemon may have it open.
  ///
  /// A store is locked meanwhile. A backup is not touched: it may lie on a medium that cannot be written to.
  ///
  /// - Parameter scratch: a folder with room for another LMDB, in which the rebuild is made and removed again. If none is
  ///   given, the store's own; for a backup that which `TMPDIR` names, or `/var/tmp`.
  package static func run(
    _ path: String, scratch: String? = nil, options: EventLogOptions = EventLogOptions(),
    progress: StoreRebuild.Progress = { _, _ in }
  ) throws(Damage) -> Report {
    let files = options.fileSystem
    let manifest = try BackupManifest.read(path, files)
    let lock =
      manifest == nil
      ? try checking { () throws(EventLogError) in try DataFolder(path, fileSystem: files) } : nil
    defer { withExtendedLifetime(lock) {} }
    let rebuild = try checking { () throws(EventLogError) in
      try StoreRebuild.filing { () throws(FileError) in
        try makeScratch(scratch ?? (manifest == nil ? nil : temporaryFolder), of: path, files)
      }
    }
    defer { try? StoreRebuild.remove(rebuild, files) }
    let (stored, rebuilt, summary) = try checking { () throws(EventLogError) in
      try self.rebuild(path, isBackup: manifest != nil, into: rebuild, options, progress)
    }
    if let manifest {
      let identity = try checking { () throws(EventLogError) in
        try logging { () throws(WALError) in try LogIdentity.read(directory: "\(path)/wal", fileSystem: files) }
      }
      try manifest.check(identity, head: summary.head, in: path)
    }
    let compared = try TableComparison(stored: stored, rebuilt: rebuilt.environment).run()
    try checking { () throws(EventLogError) in
      try storing { () throws(LMDBError) in
        try stored.close()
        try rebuilt.environment.close()
      }
    }
    return Report(
      segments: summary.segments, frames: summary.frames, events: summary.head, tables: compared.tables,
      entries: compared.entries, unfinished: compared.unfinished, behind: summary.head - rebuilt.position)
  }

  /// The folder for temporary files, with room for large ones where the environment does not say otherwise.
  private static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/var/tmp"
  }

  /// Makes the folder for the rebuild: in the store in place of one left behind, elsewhere under a name that nobody has.
  private static func makeScratch(
    _ folder: String?, of store: String, _ files: any FileSystem
  ) throws(FileError) -> String {
    let path: String
    if let folder {
      path = "\(folder)/annals-verify-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
    } else {
      path = "\(store)/verify.tmp"
      try StoreRebuild.remove(path, files)
    }
    try files.createDirectory(path)
    return path
  }

  /// Reads all of the write-ahead log, and rebuilds from it what LMDB should hold.
  private static func rebuild(
    _ path: String, isBackup: Bool, into scratch: String, _ options: EventLogOptions,
    _ progress: StoreRebuild.Progress
  ) throws(EventLogError) -> (stored: Environment, rebuilt: LogRebuild, LogSummary) {
    let reader = LogReader(directory: "\(path)/wal", fileSystem: options.fileSystem)
    let summary = try logging { () throws(WALError) in try reader.verify() }
    var environmentOptions = Environment.Options()
    environmentOptions.mapSize = options.mapBytes
    (environmentOptions.readOnly, environmentOptions.atRest) = (true, isBackup)
    let stored = try storing { () throws(LMDBError) in
      try Environment(directory: "\(path)/lmdb", options: environmentOptions)
    }
    let applied = try LogTables.applied(in: stored)
    guard applied <= summary.head else {
      throw .writeAheadLog(.missingEntries(head: summary.head, expected: applied))
    }
    let rebuilt = try LogRebuild(into: scratch, observer: ViewEngine(Views.all), options: options)
    var cursor = try logging { () throws(WALError) in try reader.frames(from: summary.first, through: applied) }
    while let frame = try logging({ () throws(WALError) in try cursor.next() }) {
      for entry in frame.entries where entry.position <= applied { try rebuilt.take(entry) }
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

extension StoreVerification.Damage {
  /// Whether something is not what was written; not where the store could not be looked at, or not to the end.
  package var isDamage: Bool {
    switch self {
    case .differs, .manifest, .log(.foreign), .log(.damaged): true
    case .log(.writeAheadLog(.corrupt)), .log(.writeAheadLog(.missingEntries)): true
    case .log(.lmdb(let error)):
      switch error.reason {
      case .corrupted, .checksumMismatch, .invalidFile: true
      default: false
      }
    case .log: false
    }
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
    case .manifest(let path, let reason): return "\(path): \(reason)"
    }
  }

  private func hexadecimal(_ key: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: key.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
