import ArgumentParser
import JSON
import LineProtocol
import Presentation

/// `annals status`: how the daemon is.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how the daemon is: the log's head, the views' lag, storage, limits.",
    discussion: """
      Example:
        annals status --json
      """)

  @OptionGroup var locations: LocationOptions

  @Flag(exclusivity: .exclusive)
  var form: OutputForm?

  func run() async throws {
    let line = RequestEncoder(.status).line
    let status = try await locations.withClient { try await $0.submit(utf8: line).value.status.line }
    let output = StandardOutput(flushesLines: false)
    switch form.chosen {
    case .json: try output.line(status)
    case .table:
      let members = try RowParser().value(Array(status.utf8))
      try TableOutput.write(MemberTable.table(members, without: ["ok"]), to: output)
    }
    try output.flush()
  }
}
