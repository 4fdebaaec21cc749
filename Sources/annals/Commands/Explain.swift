import ArgumentParser
import LineProtocol
import Presentation

/// `annals explain`: the events that a row rests on.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the events that a row of a view rests on.",
    discussion: """
      The key of a row is its member key; annals query --keys shows it in tables.

      Examples:
        annals explain treaties new-start
        annals explain meetings 'Q15031,Q7747/video/2026-02-04' --as-of 60 --json
      """)

  @Argument(help: "The view.", completion: .list(ViewLayout.names))
  var view: String

  @Argument(help: "The row's key.")
  var key: String

  @OptionGroup var locations: LocationOptions

  @Option(help: ArgumentHelp("The row as it was at a position or RFC 3339 time.", valueName: "position|time"))
  var asOf: String?

  @Flag(exclusivity: .exclusive)
  var form: OutputForm?

  func validate() throws {
    guard RequestEncoder.isWord(view) else { throw ValidationError("“\(view)” cannot be the name of a view.") }
  }

  func run() async throws {
    var encoder = RequestEncoder(.explain)
    encoder.word(view)
    encoder.argument("key", key)
    encoder.argument("as-of", asOf)
    let line = encoder.line
    let reply = try await locations.withClient { try await $0.submit(utf8: line).value }
    let output = StandardOutput(flushesLines: false)
    switch form.chosen {
    case .json: for row in reply.rows { try output.line(row) }
    case .table: try TableOutput.write(EventTable.table(try RowParser().values(reply.rows)), to: output)
    }
    try output.flush()
  }
}
