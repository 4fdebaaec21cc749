import ArgumentParser
import Audit
import Foundation
import Presentation
import Store

/// `annals restore`: makes a store of a backup.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a store of a backup.",
    discussion: """
      The backup is copied, the copy verified to the last bit, and opened once, so that it has an epoch of its own; only then \
      does it get its name. The backup is not touched.

      What was recorded after the backup is not in it. A client that has seen later positions is told so by too_far_ahead; and \
      where checkpoints of a longer log were signed, the restored one needs a new key, under a new origin.

      Examples:
        annals restore /srv/backups/2026-11-26 /var/lib/annals
        annals restore /srv/backups/2026-11-26 /var/lib/annals --key annals.key.pub
      """)

  @Argument(help: "The backup.", completion: .directory)
  var backup: String

  @Argument(help: "The data folder to be: new, or empty.", completion: .directory)
  var folder: String

  @OptionGroup var trust: TrustOptions

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() throws {
    let keys = try trust.keys()
    let checkpoint = "\(backup)/\(CheckpointFolder.backupName)"
    let hasCheckpoint = FileManager.default.fileExists(atPath: checkpoint)
    if !keys.isEmpty, !hasCheckpoint {
      throw CommandFailure(.refused, "\(backup) holds no checkpoint that a key could be tried on.")
    }
    var work = StoreProgress(isWanted: !quiet)
    let report: StoreRestore.Report
    do {
      let held = try AuditCheckpoints(files: hasCheckpoint ? [checkpoint] : [], folder: nil, keys: keys)
      report = try StoreRestore.run(backup, into: URL(fileURLWithPath: folder).path) { _, done, all in
        work.show(done, of: all)
      } approve: { copy throws(BackupError) in
        do throws(AuditFinding) {
          _ = try OfflineAudit(folder: copy, checkpoints: held, progress: { _, _ in }).readLog()
        } catch { throw .unsigned(reason: error.message) }
      }
    } catch let error as BackupError {
      work.clear()
      if case .damaged = error { throw CommandFailure(.damaged, "Nothing was restored: \(error)") }
      throw CommandFailure(.refused, "Nothing was restored: \(error)")
    } catch let finding as AuditFinding {
      work.clear()
      throw CommandFailure(.damaged, "Nothing was restored: \(finding.message)")
    }
    work.clear()
    let output = StandardOutput()
    let checked = hasCheckpoint ? ", whose tree is that of its checkpoint" : ""
    try output.line("restored to position \(NumberText.count(report.position))\(checked), epoch \(report.epoch)")
    try output.flush()
  }
}
