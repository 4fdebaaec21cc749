import ArgumentParser
import Audit
import Files
import Foundation
import Merkle

/// `annals cosign`: takes what witnesses signed into the kept checkpoints.
struct Cosign: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep the signatures of witnesses with a checkpoint.",
    discussion: """
      A witness who was given a checkpoint returns it with a line of its own. Each line whose witness is named by --witness and \
      whose signature holds is added to the checkpoint kept of that size; CHECKPOINT shows them while it is the last one.

      Example:
        annals cosign returned.txt --key annals.key.pub --witness witness.example+6b…
      """)

  @Argument(help: "The checkpoint with the witnesses' lines.", completion: .file())
  var file: String

  @OptionGroup var trust: TrustOptions

  @Option(help: ArgumentHelp("Data folder.", valueName: "folder"), completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Folder of kept checkpoints; checkpoints in the data folder unless given.", valueName: "folder"),
    completion: .directory)
  var kept: String?

  func run() throws {
    let keys = try trust.requiredKeys()
    guard keys.count > 1 else {
      throw CommandFailure(.usage, "Name the witnesses whose signatures count, with --witness.")
    }
    guard let content = FileManager.default.contents(atPath: file), let text = String(data: content, encoding: .utf8)
    else { throw CommandFailure(.refused, "\(file) cannot be read, or is no UTF-8.") }
    let folder =
      try kept ?? "\(Locations(environment: ProcessInfo.processInfo.environment).dataFolder(data))/checkpoints"
    let names: [String]
    do { names = try Cosigning.add(text, keys: keys, to: CheckpointFolder(folder)) } catch {
      throw CommandFailure(.refused, "\(file): \(error)")
    }
    let output = StandardOutput()
    try output.line("signed by \(names.joined(separator: ", "))")
    try output.flush()
  }
}
