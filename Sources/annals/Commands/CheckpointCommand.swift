import ArgumentParser
import Foundation

/// `annals checkpoint`: a signed note of the log as it stands.
struct CheckpointCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Print a signed checkpoint of the log: how many events, and the root of their tree.",
    discussion: """
      Keep it where the keeper of the log cannot reach it: annals audit --checkpoint then finds whatever was changed behind it. \
      The daemon keeps checkpoints of its own accord too, in the folder that annals serve --checkpoints names.

      Examples:
        annals checkpoint > 2026-11-26.checkpoint
        annals audit --key annals.key.pub --checkpoint 2026-11-26.checkpoint
      """)

  @OptionGroup var locations: LocationOptions

  func run() async throws {
    let note = try await locations.withClient { client in try await EventProving.checkpoint(client).note }
    let output = StandardOutput()
    try output.write(note.utf8)
    try output.flush()
  }
}
