import AnnalsClient
import ArgumentParser
import JSON
import LineProtocol
import Presentation

/// `annals diff`: the rows of a view that differ between two positions or times.
struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what changed in a view between two positions or times.",
    discussion: """
      For each row that differs: the columns that changed, old → new, and the events that changed it. FROM and TO are \
      positions of the log or times of RFC 3339; without TO it is now. Filters are those of annals query, but for dates.

      Examples:
        annals diff meetings 69
        annals diff meetings 40 60 between="Vladimir Putin","Xi Jinping"
        annals diff trade-volume 2026-02-04T00:00:00Z --json
      """)

  @Argument(help: "The view.", completion: .list(ViewLayout.names))
  var view: String

  @Argument(help: ArgumentHelp("The rows as they were then.", valueName: "from"))
  var from: String

  @Argument(help: ArgumentHelp("The rows to compare them with, and filters.", valueName: "to|filter=value"))
  var rest: [String] = []

  @OptionGroup var locations: LocationOptions

  @Flag(exclusivity: .exclusive)
  var form: OutputForm?

  @Flag(help: "Entities by their ids instead of their names.")
  var ids = false

  @Option(help: ArgumentHelp("The language of names, such as ar.", valueName: "language"))
  var lang: String?

  func validate() throws {
    guard RequestEncoder.isWord(view) else { throw ValidationError("“\(view)” cannot be the name of a view.") }
    guard !from.contains("=") else { throw ValidationError("Say from where on: annals diff VIEW FROM [TO] [filters].") }
    var names: Set<String> = ["from", "to"]
    for filter in try filters() where !names.insert(filter.name).inserted {
      throw ValidationError(
        ["from", "to"].contains(filter.name)
          ? "\(filter.name) is not a filter here: the positions stand before the filters."
          : "\(filter.name) is given twice; several values are written \(filter.name)=A,B.")
    }
  }

  /// What stands behind `from` without being a filter.
  var to: String? { rest.first.flatMap { $0.contains("=") ? nil : $0 } }

  private func filters() throws -> [FilterArgument] {
    try rest.dropFirst(to == nil ? 0 : 1).map { text in
      guard let filter = FilterArgument(argument: text) else {
        throw ValidationError("“\(text)” is not a filter; they are written NAME=VALUE, behind the positions.")
      }
      return filter
    }
  }

  /// The request line.
  func request() throws -> String {
    var encoder = RequestEncoder(.diff)
    encoder.word(view)
    for filter in try filters() { encoder.argument(filter.name, filter.values) }
    encoder.argument("from", from)
    encoder.argument("to", to)
    return String(decoding: encoder.line, as: UTF8.self)
  }

  func run() async throws {
    let output = StandardOutput(flushesLines: false)
    let request = try request()
    try await locations.withClient { client in
      switch form.chosen {
      case .json: for try await row in try client.rows(request) { try output.line(row) }
      case .table:
        let writer = DifferenceWriter(client: client, view: view, showsIDs: ids, language: lang)
        for line in try await writer.lines(request) { try output.line(line) }
      }
    }
    try output.flush()
  }
}
