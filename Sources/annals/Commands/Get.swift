import ArgumentParser
import LineProtocol
import Presentation

/// `annals get`: one recorded event.
struct Get: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one recorded event, its bytes as stored.",
    discussion: """
      Examples:
        annals get 41
        annals get --source annals/examples/sino-russian --id d1-1-call --pretty
      """)

  @Argument(help: "The place in the log, from 1.")
  var position: UInt64?

  @OptionGroup var locations: LocationOptions

  @Option(help: ArgumentHelp("The event's source; with --id.", valueName: "source"))
  var source: String?

  @Option(help: ArgumentHelp("The event's id; with --source.", valueName: "id"))
  var id: String?

  @Flag(help: "Over several lines, indented.")
  var pretty = false

  func validate() throws {
    let names = [source, id].compactMap(\.self).count
    guard position == nil ? names == 2 : names == 0 else {
      throw ValidationError("Give either a position, or --source and --id.")
    }
  }

  func run() async throws {
    var encoder = RequestEncoder(.get)
    encoder.argument("position", position)
    encoder.argument("source", source)
    encoder.argument("id", id)
    let line = encoder.line
    let reply = try await locations.withClient { try await $0.submit(utf8: line).value }
    let output = StandardOutput()
    for row in reply.rows {
      if pretty { try output.line(SafeJSON.pretty(try RowParser().value(row))) } else { try output.line(row) }
    }
    try output.flush()
  }
}
