import ArgumentParser
import LineProtocol
import Presentation

/// `annals explain`: what a row rests on.
struct Explain: AsyncParsableCommand {
  /// How the evidence is written.
  enum Form: String, EnumerableFlag {
    case tree
    case table
    case json

    static func help(for value: Form) -> ArgumentHelp? {
      switch value {
      case .tree: "From the claims down to documents and quotes; the default on a terminal."
      case .table: "A table of the events."
      case .json: "The events as JSON, a line each, byte for byte; the default elsewhere."
      }
    }
  }

  static let configuration = CommandConfiguration(
    abstract: "Show what a row of a view rests on: claims, documents, quotes, and what reviewers judged.",
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
  var form: Form?

  @Flag(help: "In the tree: entities by their ids instead of their names.")
  var ids = false

  @Option(help: ArgumentHelp("In the tree: the language of names, such as ar.", valueName: "language"))
  var lang: String?

  func validate() throws {
    guard RequestEncoder.isWord(view) else { throw ValidationError("“\(view)” cannot be the name of a view.") }
  }

  func run() async throws {
    let evidence = RowEvidence(view: view, key: key, asOf: asOf)
    let output = StandardOutput(flushesLines: false)
    try await locations.withClient { client in
      let rows = try await evidence.rows(client)
      switch form ?? (Terminal.output.isTerminal ? .tree : .json) {
      case .json: for row in rows { try output.line(row) }
      case .table: try TableOutput.write(EventTable.table(try RowParser().values(rows)), to: output)
      case .tree:
        let tree = try await RowEvidence.tree(of: rows, showsIDs: ids, language: lang, client)
        for line in TreeOutput.lines(tree.tree(view: view, key: key)) { try output.line(line) }
      }
    }
    try output.flush()
  }
}
