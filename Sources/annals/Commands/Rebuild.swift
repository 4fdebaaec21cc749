import ArgumentParser
import Presentation
import Store

/// `annals rebuild`: makes LMDB anew from the write-ahead log.
struct Rebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Build the indexes and all views anew from the write-ahead log.",
    discussion: """
      The daemon must be down. The old ones are replaced once the new ones are complete and synced.

      Example:
        annals rebuild --data /var/lib/annals
      """)

  @Option(help: ArgumentHelp("Data folder.", valueName: "folder"), completion: .directory)
  var data: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() async throws {
    let folder = try StoredFolder.path(data)
    var work = StoreProgress(isWanted: !quiet)
    defer { work.clear() }
    let head = try StoreRebuild.run(folder) { work.show($0, of: $1) }
    work.clear()
    let output = StandardOutput()
    try output.line("rebuilt up to position \(head)")
    try output.flush()
  }
}
