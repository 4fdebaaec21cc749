import AnnalsClient
import ArgumentParser
import Audit
import Foundation
import Merkle
import Presentation

/// `annals audit`: checks everything that can be checked.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Check the whole record, against checkpoints too, and name the first divergence.",
    discussion: """
      Every event is read from both copies, the write-ahead log and LMDB, and checked: hashes, order, times, its schema. The \
      tree is computed anew and compared with every checkpoint given and kept, every view is folded from nothing and compared \
      row by row, now and as of checkpoints. What that shows, and what it cannot, schema/audit.md says.

      With a daemon at the socket it is asked, and goes on serving. Without one, with --offline, or where a folder is named, \
      data folder or backup is read as it lies. Hold checkpoints of your own: those that lie in the data folder prove little.
      Exit code 3 means that something is wrong.

      Examples:
        annals audit --key annals.key.pub --checkpoint 2026-03-03.txt
        annals audit /srv/backups/2026-11-26 --key annals.key.pub --json
      """)

  @Argument(help: "A data folder or a backup, to be read as it lies.", completion: .directory)
  var folder: String?

  @OptionGroup var locations: LocationOptions

  @Option(
    name: .customLong("checkpoint"),
    help: ArgumentHelp("A checkpoint that the log must continue; may be repeated.", valueName: "file"),
    completion: .file())
  var checkpoints: [String] = []

  @OptionGroup var trust: TrustOptions

  @Option(
    help: ArgumentHelp(
      "Folder of kept checkpoints; checkpoints in the data folder unless given.", valueName: "folder"),
    completion: .directory)
  var kept: String?

  @Flag(help: "Read the data folder as it lies; its daemon must be down.")
  var offline = false

  @Flag(help: "Print the report as one JSON object.")
  var json = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if folder != nil, locations.data != nil { throw ValidationError("Name the folder once.") }
  }

  func run() async throws {
    var work = StoreProgress(isWanted: !quiet)
    let report: AuditReport
    do { report = try await audit { work.show($0, of: $1) } } catch let finding as AuditFinding {
      work.clear()
      try await fail(finding)
    } catch {
      work.clear()
      throw error
    }
    work.clear()
    let output = StandardOutput()
    if json {
      try output.line(report.json)
    } else {
      for line in report.lines { try output.line(line) }
      try output.line("sound")
    }
    try output.flush()
  }

  private func audit(_ progress: @escaping (UInt64, UInt64) -> Void) async throws -> AuditReport {
    let keys = try trust.keys()
    let data = try folder ?? locations.dataFolder
    // That of a backup is in it.
    let own = "\(data)/\(CheckpointFolder.backupName)"
    let files = checkpoints + (FileManager.default.fileExists(atPath: own) ? [own] : [])
    let held = try AuditCheckpoints(files: files, folder: kept ?? "\(data)/checkpoints", keys: keys)
    let socket = try locations.socketPath
    if !offline, folder == nil, FileManager.default.fileExists(atPath: socket) {
      return try await locations.withClient { client in
        try await OnlineAudit(client: client, data: data, checkpoints: held, progress: progress).run()
      }
    }
    let path = try StoredFolder.path(data)
    return try OfflineAudit(folder: path, checkpoints: held, progress: progress).run()
  }

  private func fail(_ finding: AuditFinding) async throws -> Never {
    if json {
      let output = StandardOutput()
      try output.line(AuditReport.json(of: finding))
      try output.flush()
    }
    throw CommandFailure(.damaged, "Not sound: \(finding.message)")
  }
}
