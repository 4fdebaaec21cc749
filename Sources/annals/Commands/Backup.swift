import ArgumentParser
import Foundation
import LineProtocol
import Presentation

/// `annals backup`: copies the store while it is served.
struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the store into a new folder, while it is served.",
    discussion: """
      The daemon makes the copy, on its own machine: one state of the store, with everything acknowledged before, and a \
      checkpoint where the daemon has a key. Every bit is checked while it is copied.

      Examples:
        annals backup /srv/backups/2026-11-26
        annals verify --data /srv/backups/2026-11-26
        annals restore /srv/backups/2026-11-26 /var/lib/annals
      """)

  @Argument(help: "The new folder.", completion: .directory)
  var folder: String

  @OptionGroup var locations: LocationOptions

  func run() async throws {
    let path = URL(fileURLWithPath: folder).path
    let status = try await locations.withClient { client in
      try await client.submit(utf8: RequestEncoder.line(for: .backup(path: path))).value.status
    }
    let output = StandardOutput()
    let position = NumberText.count(status.integer("position") ?? 0)
    try output.line(
      "backed up to position \(position), \(NumberText.count(status.integer("bytes") ?? 0)) bytes, in \(path)")
    try output.flush()
  }
}
