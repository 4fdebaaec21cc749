import Files

/// The write-ahead log: opaque entries at positions 1, 2, 3 …, durable when acknowledged.
///
/// The format, its assumptions and the rules of recovery are in `schema/storage.md`.
package enum WriteAheadLog {
  /// Opens a log for writing, or makes a new one; recovers from a crash if there was one.
  ///
  /// The caller holds the lock of the data folder: nobody else writes to the directory.
  ///
  /// - Parameters:
  ///   - directory: Path of the log's directory, without a slash at the end. It is made if there is none.
  ///   - applied: The last position that is held elsewhere, in LMDB; 0 for none. The log must reach at least that far.
  /// - Throws: `corrupt` or `missingEntries` if the log is not what was written; `diskFull` if there is no room for a
  ///   segment; `poisoned` if making it failed otherwise; `file` for any other error of the file system.
  package static func open(
    directory: String, fileSystem: any FileSystem, options: LogOptions = LogOptions(), applied: UInt64
  ) throws(WALError) -> LogWriter {
    let segments = SegmentDirectory(path: directory, fileSystem: fileSystem)
    var recovery = Recovery(segments, options, applied: applied)
    return try LogWriter(try recovery.run(), segments, options)
  }
}
