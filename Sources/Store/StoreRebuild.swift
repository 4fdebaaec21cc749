import EventLog
import Files
import LMDB
import Projections
import Projectors
import WriteAheadLog

/// Builds LMDB, the log's readable copy and all views, anew from the write-ahead log alone.
package enum StoreRebuild {
  /// Told the last position done and the last there is.
  package typealias Progress = (_ done: UInt64, _ of: UInt64) -> Void

  /// Rebuilds LMDB beside the old one and takes its place once it is complete.
  ///
  /// The daemon must be down. The old environment is kept until the new one is synced, then removed.
  ///
  /// - Returns: the log's last position.
  package static func run(
    _ path: String, options: EventLogOptions = EventLogOptions(), progress: Progress = { _, _ in }
  ) throws(EventLogError) -> UInt64 {
    try run(in: try DataFolder(path, fileSystem: options.fileSystem), options, progress)
  }

  /// The same, in a folder that is locked already.
  static func run(
    in folder: DataFolder, _ options: EventLogOptions, _ progress: Progress
  ) throws(EventLogError) -> UInt64 {
    let files = options.fileSystem
    let new = "\(folder.path)/lmdb.new"
    try Self.filing { () throws(FileError) in try remove(new, files) }
    KillPoint.rebuildBegun.pass()
    let summary = try build(folder, into: new, options, progress)
    KillPoint.rebuildComplete.pass()
    let old = "\(folder.path)/lmdb.old"
    try Self.filing { () throws(FileError) in
      try remove(old, files)
      if try files.exists(folder.lmdb) { try files.rename(folder.lmdb, to: old) }
      KillPoint.rebuildOldAside.pass()
      try files.rename(new, to: folder.lmdb)
      KillPoint.rebuildRenamed.pass()
      try files.syncDirectory(folder.path)
      KillPoint.rebuildDurable.pass()
      try remove(old, files)
    }
    return summary
  }

  private static func build(
    _ folder: DataFolder, into directory: String, _ options: EventLogOptions, _ progress: Progress
  ) throws(EventLogError) -> UInt64 {
    let reader = LogReader(directory: folder.writeAheadLog, fileSystem: options.fileSystem)
    // First everything is checked: a damaged log must not replace an LMDB that might mend it.
    let summary = try logging { () throws(WALError) in try reader.verify() }
    let rebuild = try LogRebuild(into: directory, observer: ViewEngine(Views.all), options: options)
    var cursor = try logging { () throws(WALError) in
      try reader.frames(from: summary.first, through: summary.head)
    }
    while let frame = try logging({ () throws(WALError) in try cursor.next() }) {
      for entry in frame.entries { try rebuild.take(entry) }
      progress(frame.lastPosition, summary.head)
    }
    try rebuild.finish()
    try storing { () throws(LMDBError) in try rebuild.environment.close() }
    return summary.head
  }

  /// Removes an LMDB environment's folder.
  static func remove(_ directory: String, _ files: any FileSystem) throws(FileError) {
    guard try files.exists(directory) else { return }
    for name in try files.list(directory) { try files.remove("\(directory)/\(name)") }
    try files.removeDirectory(directory)
  }

  static func filing<Result>(_ body: () throws(FileError) -> Result) throws(EventLogError) -> Result {
    do throws(FileError) { return try body() } catch { throw .file(error) }
  }
}
