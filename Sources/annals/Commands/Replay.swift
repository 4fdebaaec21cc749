import ArgumentParser
import LineProtocol

/// `annals replay`: recorded events in order.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print recorded events in order, a line each, their bytes as stored.",
    discussion: """
      Examples:
        annals replay > everything.ndjson
        annals replay --from 40 --type 'claim.*'
        annals replay --follow --subject CHN | while read -r event; do echo "$event"; done
      """)

  @OptionGroup var locations: LocationOptions

  @Option(help: ArgumentHelp("First position. (default: 1)", valueName: "position"))
  var from: UInt64?

  @Option(help: ArgumentHelp("Last position. (default: the log's last)", valueName: "position"))
  var to: UInt64?

  @Option(help: ArgumentHelp("Only this type; a * at the end stands for any ending.", valueName: "type"))
  var type: String?

  @Option(help: ArgumentHelp("Only events about this subject.", valueName: "subject"))
  var subject: String?

  @Flag(help: "Go on with new events as they are recorded.")
  var follow = false

  func run() async throws {
    var encoder = RequestEncoder(.replay)
    encoder.argument("from", from)
    encoder.argument("to", to)
    encoder.argument("type", type)
    encoder.argument("subject", subject)
    if follow { encoder.argument("follow", "yes") }
    let line = String(decoding: encoder.line, as: UTF8.self)
    let output = StandardOutput(flushesLines: follow || Terminal.output.isTerminal)
    try await locations.withClient { client in
      for try await row in try client.rows(line) { try output.line(row) }
    }
    try output.flush()
  }
}
