import ArgumentParser
import EventLog
import Presentation
import Store

/// `annals rebuild`: makes LMDB anew from the write-ahead log, or that from LMDB.
struct Rebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Build the indexes and all views anew from the write-ahead log.",
    discussion: """
      The daemon must be down. The old ones are replaced once the new ones are complete and synced.

      With --log it is the other way round: a write-ahead log that is damaged or gone
      is written anew from LMDB, which holds the same lines. The damaged one is kept.
      If events would be missing, nothing is changed; a backup may have them.

      Examples:
        annals rebuild --data /var/lib/annals
        annals rebuild --log --data /var/lib/annals
      """)

  @Option(help: ArgumentHelp("Data folder.", valueName: "folder"), completion: .directory)
  var data: String?

  @Flag(help: "Write a damaged write-ahead log anew from LMDB instead.")
  var log = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() async throws {
    let folder = try StoredFolder.path(data)
    var work = StoreProgress(isWanted: !quiet)
    defer { work.clear() }
    let outcome =
      log
      ? Self.words(for: try LogRestoration.run(folder) { work.show($0, of: $1) })
      : "rebuilt up to position \(try StoreRebuild.run(folder) { work.show($0, of: $1) })"
    work.clear()
    let output = StandardOutput()
    try output.line(outcome)
    try output.flush()
  }

  private static func words(for report: LogRestoration.Report?) -> String {
    guard let report else { return "the write-ahead log is sound; nothing was done" }
    var words = "\(report.damage)\nwritten anew up to position \(report.head)"
    if report.salvaged > 0 { words += ", the last \(report.salvaged) from the damaged one" }
    return words + (report.keptAs.map { "; the damaged one is kept in \($0)" } ?? "")
  }
}
