import AnnalsClient
import ArgumentParser
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
        annals verify --online --socket /run/annals.sock
      """)

  @OptionGroup var locations: LocationOptions

  @Flag(help: "Ask the daemon instead of opening its data folder.")
  var online = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() async throws {
    if online { return try await verifyOnline() }
    let folder = try StoredFolder.path(locations.data)
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
    try output.line(
      "sound: \(NumberText.count(report.events)) events in \(NumberText.count(report.frames)) frames and "
        + "\(NumberText.count(report.segments)) segments; \(NumberText.count(report.entries)) entries in "
        + "\(NumberText.count(report.tables)) tables are what a rebuild gives\(behind)")
    try output.flush()
  }

  private func verifyOnline() async throws {
    var work = StoreProgress(isWanted: !quiet)
    let client = try await AnnalsClient.connect(socket: try locations.socketPath)
    let report: OnlineVerification.Report
    do {
      report = try await OnlineVerification(
        client: client, data: try? locations.dataFolder, progress: { work.show($0, of: $1) }
      ).run()
    } catch let error as EventLogError {
      work.clear()
      throw Self.failure(.log(error))
    } catch let error as OnlineVerification.Difference {
      work.clear()
      throw CommandFailure(.damaged, "Damage was found: \(error)")
    }
    await client.close()
    work.clear()
    let output = StandardOutput()
    let log = report.comparedLog ? ", their leaf hashes those of the write-ahead log" : ""
    try output.line(
      "sound: \(NumberText.count(report.events)) events replayed without a gap\(log); \(NumberText.count(report.rows)) rows "
        + "of \(report.views) views are what a rebuild gives")
    try output.flush()
  }

  /// Damage is told from a store that could not be looked at, or not to the end.
  static func failure(_ finding: StoreVerification.Damage) -> CommandFailure {
    isDamage(finding)
      ? CommandFailure(.damaged, "Damage was found: \(finding)")
      : CommandFailure(.refused, "The store could not be verified: \(finding)")
  }

  private static func isDamage(_ finding: StoreVerification.Damage) -> Bool {
    switch finding {
    case .differs, .log(.foreign), .log(.damaged): true
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
