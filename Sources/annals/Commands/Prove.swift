import AnnalsClient
import ArgumentParser
import Audit
import Merkle

/// `annals prove`: a file that proves that an event is in the log.
struct Prove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a file that proves that an event is in the log.",
    discussion: """
      The file holds the event, its place, the proof and a signed checkpoint (C2SP tlog-proof), and needs neither the daemon \
      nor the store to be checked. An answer of a view is proven by annals query … --proof.

      Examples:
        annals prove position=64 --out event-64.tlog-proof
        annals prove source=desk/asia id=2026-02-05/1 --out call.tlog-proof
        annals check-proof event-64.tlog-proof --key annals.key.pub
      """)

  @Argument(help: ArgumentHelp("The event: position=N, or source=S and id=I.", valueName: "position=N"))
  var address: [FilterArgument]

  @OptionGroup var locations: LocationOptions

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("The file; standard output unless given.", valueName: "file"), completion: .file())
  var file: String?

  func validate() throws {
    guard [["position"], ["id", "source"]].contains(address.map(\.name).sorted()) else {
      throw ValidationError("Name the event: position=N, or source=S and id=I.")
    }
  }

  func run() async throws {
    let proof = try await locations.withClient { client in
      let line = try await EventAddressing.line(address, client)
      let position = try EventAddressing.position(of: line)
      return try await EventProving.proof(of: line, position: position, client)
    }
    if let file {
      let output = try OutputFile(file)
      try output.write(proof.description.utf8)
      try output.flush()
    } else {
      let output = StandardOutput()
      try output.write(proof.description.utf8)
      try output.flush()
    }
  }
}
