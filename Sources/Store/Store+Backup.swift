import Claims
import EventLog
import Files
import LMDB
import WriteAheadLog

/// Backups of a store, made while it is open and written to.
extension Store {
  /// What a backup that was made holds.
  package struct Backup: Equatable, Sendable {
    /// What its manifest says.
    package let manifest: BackupManifest
    /// Length of all its files together.
    package let byteCount: Int
  }

  /// A small file that goes into a backup beside the store's own.
  package struct BackupFile: Sendable {
    let name: String
    let bytes: [UInt8]

    /// - Precondition: the name has no slash, and is not one of the backup's own.
    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Makes a backup: one state of the store, with everything acknowledged before the call.
  ///
  /// First LMDB is copied, from one snapshot, and each value of the copy read against its checksum; then the write-ahead log
  /// up to its head, each bit checked. So the log reaches at least as far as LMDB, and the backup's position is the log's.
  /// Appends, reads and views go on meanwhile; but until LMDB's copy is done its file may grow, see
  /// ``Environment/copy(toDirectory:compact:)``. It takes long, and blocks the thread. The store must not be closed, nor
  /// anything that was recorded be rewritten, before it returns.
  ///
  /// - Parameters:
  ///   - path: a name that is free, in a folder that exists.
  ///   - time: what the manifest is to say.
  ///   - progress: told the last position of the log copied and the last to copy.
  ///   - files: further files to be put in, made for the backup's position; that position need not be applied yet.
  /// - Throws: `taken`, `inProgress`, `inTheWay`; `log` where a copy is damaged, with the place, or something cannot be read
  ///   or written. What was written until then is removed.
  package func backup(
    to path: String, at time: Timestamp = EventLogOptions.systemClock(),
    progress: StoreRebuild.Progress = { _, _ in },
    files: (_ position: UInt64) throws(BackupError) -> [BackupFile] = { _ throws(BackupError) in [] }
  ) throws(BackupError) -> Backup {
    try refuseTaken(path)
    let staged = try StagedFolder(path, log.fileSystem)
    do throws(BackupError) {
      let backup = try fill(staged, time, files, progress)
      try refuseTaken(path)
      try staged.complete()
      return backup
    } catch {
      staged.discard()
      throw error
    }
  }

  private func refuseTaken(_ path: String) throws(BackupError) {
    let path = StagedFolder.withoutSlash(path)
    if try filing({ () throws(FileError) in try log.fileSystem.exists(path) }) { throw .taken(path: path) }
  }

  private func fill(
    _ staged: StagedFolder, _ time: Timestamp, _ files: (UInt64) throws(BackupError) -> [BackupFile],
    _ progress: StoreRebuild.Progress
  ) throws(BackupError) -> Backup {
    KillPoint.folderBegun.pass()
    let lmdb = try copyEnvironment(to: try staged.addFolder("lmdb"))
    KillPoint.lmdbCopied.pass()
    // An event is applied before it is acknowledged at times, and durable before either.
    let head = max(log.head, lmdb.applied)
    let wal = try staged.addFolder("wal")
    let copied = try backing { () throws(EventLogError) in
      try logging { () throws(WALError) in
        try LogCopy(from: log.folder.writeAheadLog, to: wal, fileSystem: log.fileSystem)
          .run(through: head, progress: progress)
      }
    }
    KillPoint.logCopied.pass()
    let manifest = BackupManifest(
      position: copied.summary.head, log: copied.identity.logID.description, epoch: copied.identity.epoch, time: time)
    var byteCount = lmdb.byteCount + copied.byteCount + manifest.bytes.count
    for file in try files(manifest.position) {
      try staged.addFile(file.name, file.bytes)
      byteCount += file.bytes.count
    }
    try staged.addFile(DataFolder.backupMark, manifest.bytes)
    KillPoint.manifestWritten.pass()
    return Backup(manifest: manifest, byteCount: byteCount)
  }

  /// Copies LMDB and reads the copy to its end.
  private func copyEnvironment(to directory: String) throws(BackupError) -> (applied: UInt64, byteCount: Int) {
    try backing { () throws(EventLogError) in
      let copy = try storing { () throws(LMDBError) in
        try log.environment.copy(toDirectory: directory, compact: true)
        var options = Environment.Options()
        options.mapSize = try log.environment.info.mapSize
        (options.readOnly, options.atRest) = (true, true)
        return try Environment(directory: directory, options: options)
      }
      try storing { () throws(LMDBError) in
        try copy.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
          for name in try transaction.tableNames() {
            try transaction.forEach(in: copy.table(named: name)) { _, _ in .next }
          }
        }
      }
      let applied = try LogTables.applied(in: copy)
      try storing { () throws(LMDBError) in try copy.close() }
      let byteCount = try StoreRebuild.filing { () throws(FileError) in
        try log.fileSystem.open("\(directory)/data.mdb", .read).size()
      }
      return (applied, byteCount)
    }
  }
}
