import EventLog
import Files
import LMDB
import WriteAheadLog

/// Makes a store of a backup, which itself is only read: a medium that cannot be written to will do.
package enum StoreRestore {
  /// What was restored.
  package struct Report: Equatable, Sendable {
    /// The last position of the restored log.
    package let position: UInt64
    /// The epoch of the opening that was part of restoring; one more than that in which the backup was made.
    package let epoch: UInt64
  }

  /// What is being done.
  package enum Stage: Sendable {
    /// The write-ahead log is being copied and checked.
    case copying
    /// The copy is being compared with what a rebuild from its log gives.
    case verifying
  }

  /// Told the last position done and the last there is, in each stage anew.
  package typealias Progress = (_ stage: Stage, _ done: UInt64, _ of: UInt64) -> Void

  /// The log that the backup is of may have been opened since: chance keeps the epochs apart, since nobody else can.
  private static let epochSteps: ClosedRange<UInt64> = 1_000...1_000_000

  /// Restores a backup: copies it, verifies the copy to the last bit that counts, and opens it once.
  ///
  /// All that is done beside the folder, under its name and `.tmp`; it gets its name last. So the folder must not be a
  /// mount point, and belongs to the user whose process this is.
  ///
  /// - Parameters:
  ///   - folder: the new data folder: one that does not exist yet, in a folder that does, or an empty one.
  ///   - approve: a last word on the copy, before it is opened, by who knows more of what it should hold; what it throws
  ///     ends the restoration.
  /// - Throws: `noBackup`, `notEmpty`, `inProgress`, `inTheWay`; `damaged` with the place; `log`. What was written until then
  ///   is removed.
  package static func run(
    _ backup: String, into folder: String, options: EventLogOptions = EventLogOptions(),
    progress: Progress = { _, _, _ in },
    approve: (_ copy: String) throws(BackupError) -> Void = { _ throws(BackupError) in }
  ) throws(BackupError) -> Report {
    let files = options.fileSystem
    guard let manifest = try finding({ () throws(StoreVerification.Damage) in try BackupManifest.read(backup, files) })
    else { throw .noBackup(path: backup) }
    let present = try filing { () throws(FileError) in try files.exists(folder) ? try files.list(folder) : [] }
    guard present.isEmpty else { throw .notEmpty(path: folder) }
    let staged = try StagedFolder(folder, files)
    do throws(BackupError) {
      try copy(backup, manifest, to: staged, files, progress)
      KillPoint.restoreCopied.pass()
      _ = try finding { () throws(StoreVerification.Damage) in
        try StoreVerification.run(staged.temporary, options: options) { progress(.verifying, $0, $1) }
      }
      // Verification does without the removal of what it made; a new store should begin without it.
      try filing { () throws(FileError) in try StoreRebuild.remove("\(staged.temporary)/verify.tmp", files) }
      KillPoint.restoreVerified.pass()
      try approve(staged.temporary)
      let epoch = try backing { () throws(EventLogError) in
        var options = options
        options.writeAheadLog.epochStep = UInt64.random(in: epochSteps)
        let store = try Store(staged.temporary, options: options)
        try store.close()
        return store.log.opening.epoch
      }
      KillPoint.restoreOpened.pass()
      try staged.complete()
      return Report(position: manifest.position, epoch: epoch)
    } catch {
      staged.discard()
      throw error
    }
  }

  private static func copy(
    _ backup: String, _ manifest: BackupManifest, to staged: StagedFolder, _ files: any FileSystem,
    _ progress: Progress
  ) throws(BackupError) {
    let wal = try staged.addFolder("wal")
    try finding { () throws(StoreVerification.Damage) in
      let copied: LogCopy.Report
      do throws(WALError) {
        copied = try LogCopy(from: "\(backup)/wal", to: wal, fileSystem: files)
          .run { done, _ in progress(.copying, done, manifest.position) }
      } catch { throw .log(.writeAheadLog(error)) }
      try manifest.check(copied.identity, head: copied.summary.head, in: backup)
    }
    let lmdb = try staged.addFolder("lmdb")
    try filing { () throws(FileError) in
      try copyFile("\(backup)/lmdb/data.mdb", to: "\(lmdb)/data.mdb", files)
      try files.syncDirectory(lmdb)
    }
  }

  /// Copies a file as it is, in steps that are synced one by one.
  private static func copyFile(_ path: String, to target: String, _ files: any FileSystem) throws(FileError) {
    let (source, copy) = (try files.open(path, .read), try files.open(target, .create))
    var offset = 0
    var chunk: [UInt8] = []
    while true {
      try source.read(4 << 20, at: offset, into: &chunk)
      if chunk.isEmpty { break }
      try copy.write(chunk.span.bytes, at: offset)
      try copy.syncData()
      offset += chunk.count
    }
    try copy.sync()
  }
}
