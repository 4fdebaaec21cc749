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
  /// - Throws: `corrupt`, `missingEntries` or `damagedErasure` if the log is not what was written; `diskFull` if there is
  ///   no room for a segment; `poisoned` if making it failed otherwise; `file` for any other error of the file system.
  package static func open(
    directory: String, fileSystem: any FileSystem, options: LogOptions = LogOptions(), applied: UInt64
  ) throws(WALError) -> LogWriter {
    let segments = SegmentDirectory(path: directory, fileSystem: fileSystem)
    var recovery = Recovery(segments, options, applied: applied)
    return try LogWriter(try recovery.run(), segments, options)
  }

  /// Makes a log in an empty directory, to be written anew from another copy of its entries.
  ///
  /// - Parameters:
  ///   - directory: Path of a directory that is there.
  ///   - logID: What the log is to go by; nil for a new id.
  ///   - epoch: The highest epoch in which it was opened before.
  /// - Throws: As ``open(directory:fileSystem:options:applied:)``.
  package static func begin(
    directory: String, fileSystem: any FileSystem, options: LogOptions = LogOptions(), logID: LogID?, epoch: UInt64
  ) throws(WALError) -> LogWriter {
    let nothing = RecoveredLog(
      logID: logID ?? .random(), epoch: epoch, head: 0, lastHash: .zero, nextSegment: 1, unsealed: nil,
      report: RecoveryReport())
    return try LogWriter(nothing, SegmentDirectory(path: directory, fileSystem: fileSystem), options)
  }

  /// Erases entries of a log, durably: of each the leaf hash stays, and a tombstone stands in its place.
  ///
  /// The log has been opened and closed before, so that nothing torn is left at its end, and no writer has it now. What is
  /// begun is done again by every opening, until ``finishErasure(directory:fileSystem:)``.
  ///
  /// - Parameters:
  ///   - tombstones: Their positions are the entries to erase. One that is erased already gets the tombstone given.
  ///   - needles: Byte strings of the entries, all pieces of which are overwritten with zeros in bytes that recovery kept.
  ///   - directory: Path of the log's directory.
  /// - Throws: `notErasable` and `damagedErasure`, before anything is changed; `corrupt`; `file`, after which some may be
  ///   erased and some not: this may be tried again.
  package static func erase(
    _ tombstones: [Tombstone], blotting needles: [[UInt8]], directory: String, fileSystem: any FileSystem
  ) throws(WALError) {
    try LogEraser(SegmentDirectory(path: directory, fileSystem: fileSystem)).erase(tombstones, blotting: needles)
  }

  /// The tombstones of the entries whose erasure was begun and not declared finished, in order of position.
  ///
  /// - Throws: `damagedErasure`; `file`.
  package static func pendingErasure(
    directory: String, fileSystem: any FileSystem
  ) throws(WALError) -> [Tombstone] {
    try LogEraser(SegmentDirectory(path: directory, fileSystem: fileSystem)).pending()
  }

  /// Declares it finished: the caller's other copies are rid of the entries too. Does nothing where none was begun.
  package static func finishErasure(directory: String, fileSystem: any FileSystem) throws(WALError) {
    try LogEraser(SegmentDirectory(path: directory, fileSystem: fileSystem)).finish()
  }
}
