import ArgumentParser
import LineProtocol
import Presentation

/// `annals views`: the views there are.
struct Views: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the views: how far they have come, and which filters they have.",
    discussion: """
      Example:
        annals views
      """)

  @OptionGroup var locations: LocationOptions

  @Flag(exclusivity: .exclusive)
  var form: OutputForm?

  func run() async throws {
    let line = RequestEncoder(.views).line
    let reply = try await locations.withClient { try await $0.submit(utf8: line).value }
    let output = StandardOutput(flushesLines: false)
    switch form.chosen {
    case .json: for row in reply.rows { try output.line(row) }
    case .table: try TableOutput.write(ViewTable.table(try RowParser().values(reply.rows)), to: output)
    }
    try output.flush()
  }
}
