import ArgumentParser
import EventLog
import LMDB
import Presentation
import Store
import WriteAheadLog

/// `annals verify`: checks a store at rest.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the whole record: checksums, chain, positions, indexes and views.",
    discussion: """
      The daemon must be down. The write-ahead log is read to its end, and LMDB is compared entry by entry with what a \
      fresh rebuild from it gives. Exit code 3 means that damage was found.

      Example:
        annals verify --data /var/lib/annals
      """)

  @Option(help: ArgumentHelp("Data folder.", valueName: "folder"), completion: .directory)
  var data: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() async throws {
    let folder = try StoredFolder.path(data)
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
