import AnnalsClient
import ArgumentParser
import Audit
import EventLog
import LMDB
import Presentation
import Store
import WriteAheadLog

/// `annals verify`: checks a store, at rest or through its daemon.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the whole record: checksums, chain, positions, indexes and views.",
    discussion: """
      With the daemon down, the write-ahead log is read to its end, and LMDB is compared entry by entry with what a \
      fresh rebuild from it gives. With --online, the daemon is asked: its log is replayed, everything is rebuilt \
      from the replayed lines, and each row of each view is compared with what it serves; where the data folder can be \
      read, the write-ahead log is compared as well. Exit code 3 means that damage was found.

      Examples:
        annals verify --data /var/lib/annals
        annals verify /srv/backups/2026-11-26
        annals verify --online --socket /run/annals.sock
      """)

  @Argument(help: "A data folder or a backup; what --data says unless given.", completion: .directory)
  var folder: String?

  @OptionGroup var locations: LocationOptions

  @Flag(help: "Ask the daemon instead of opening its data folder.")
  var online = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if folder != nil, online { throw ValidationError("--online asks a daemon; a folder is read as it lies.") }
    if folder != nil, locations.data != nil { throw ValidationError("Name the folder once.") }
  }

  func run() async throws {
    if online { return try await verifyOnline() }
    let folder = try StoredFolder.path(folder ?? locations.data)
    var work = StoreProgress(isWanted: !quiet)
    let report: StoreVerification.Report
    do throws(StoreVerification.Damage) {
      report = try StoreVerification.run(folder) { work.show($0, of: $1) }
    } catch {
      work.clear()
      throw Self.failure(error)
    }
    work.clear()
    let output = StandardOutput()
    let behind =
      report.behind == 0 ? "" : "; LMDB is \(NumberText.count(report.behind)) behind, which the next start mends"
    let unfinished =
      report.unfinished.isEmpty
      ? "" : "; not compared, since they do not follow the log: \(report.unfinished.joined(separator: ", "))"
    try output.line(
      "sound: \(NumberText.count(report.events)) events in \(NumberText.count(report.frames)) frames and "
        + "\(NumberText.count(report.segments)) segments; \(NumberText.count(report.entries)) entries in "
        + "\(NumberText.count(report.tables)) tables are what a rebuild gives\(behind)\(unfinished)")
    try output.flush()
  }

  private func verifyOnline() async throws {
    var work = StoreProgress(isWanted: !quiet)
    let client = try await AnnalsClient.connect(socket: try locations.socketPath)
    let report: AuditReport
    do {
      report = try await OnlineAudit(
        client: client, data: try? locations.dataFolder, checkpoints: .none, progress: { work.show($0, of: $1) }
      ).run()
    } catch let finding as AuditFinding {
      work.clear()
      throw CommandFailure(.damaged, "Damage was found: \(finding.message)")
    }
    await client.close()
    work.clear()
    let output = StandardOutput()
    let log = report.segments == nil ? "" : ", their leaf hashes those of the write-ahead log"
    let rows = report.views.reduce(0) { $0 + $1.rows }
    try output.line(
      "sound: \(NumberText.count(report.events)) events replayed without a gap\(log); \(NumberText.count(rows)) rows "
        + "of \(report.views.count) views are what a rebuild gives")
    try output.flush()
  }

  /// Damage is told from a store that could not be looked at, or not to the end.
  static func failure(_ finding: StoreVerification.Damage) -> CommandFailure {
    finding.isDamage
      ? CommandFailure(.damaged, "Damage was found: \(finding)")
      : CommandFailure(.refused, "The store could not be verified: \(finding)")
  }
}
