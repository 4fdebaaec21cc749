import ArgumentParser
import Audit
import Presentation

/// `annals query`: asks a view.
struct Query: AsyncParsableCommand {
  /// How the answer is written.
  enum Form: String, EnumerableFlag {
    case table
    case json
    case csv
    case chart

    static func help(for value: Form) -> ArgumentHelp? {
      switch value {
      case .table: "A table for people; the default on a terminal."
      case .json: "The rows as JSON, a line each, byte for byte; the default elsewhere."
      case .csv: "Comma-separated values (RFC 4180) with a header."
      case .chart: "Bars; of trade-volume only."
      }
    }
  }

  static let configuration = CommandConfiguration(
    abstract: "Ask a view for rows.",
    discussion: """
      Filters are written NAME=VALUE, several values NAME=A,B; annals views tells which a view has. Names work wherever \
      ids do, in any script. A value with a comma in it is written as a JSON string: party='"Doe, Jane"'.
      What an answer leaves out, undated rows or more rows than asked for, is told on standard error.

      Examples:
        annals query meetings between="Vladimir Putin","Xi Jinping" --order desc
        annals query trade-volume between=CHN,RUS flow=turnover --chart
        annals query treaties --at 2026-02-06
        annals query timeline from=2025 --all --csv > timeline.csv
        annals query meetings --as-of 40
        annals query meetings between=Q7747,Q15031 --proof answer.proof
      """)

  @Argument(help: "The view.", completion: .list(ViewLayout.names))
  var view: String

  @Argument(help: ArgumentHelp("Filters and arguments.", valueName: "filter=value"))
  var filters: [FilterArgument] = []

  @OptionGroup var locations: LocationOptions

  @Option(help: ArgumentHelp("The answer as it was at a position or RFC 3339 time.", valueName: "position|time"))
  var asOf: String?

  @Option(help: ArgumentHelp("The day on which states are judged; today (UTC) unless given.", valueName: "date"))
  var at: String?

  @Option(help: ArgumentHelp("Rows at the most. (default: \(QueryPages.usualRows))", valueName: "rows"))
  var limit: Int?

  @Option(
    help: ArgumentHelp("Order of the rows' time: asc or desc.", valueName: "order"), completion: .list(["asc", "desc"]))
  var order: String?

  @Option(help: ArgumentHelp("Wait until the view has seen this position.", valueName: "position"))
  var minPosition: UInt64?

  @Flag(help: "With from and to: only rows that definitely overlap them.")
  var certain = false

  @Flag(help: "All rows, however many.")
  var all = false

  @Flag(exclusivity: .exclusive)
  var form: Form?

  @Flag(help: "In tables: entities by their ids instead of their names.")
  var ids = false

  @Flag(help: "In tables: the key of each row, for annals explain.")
  var keys = false

  @Option(help: ArgumentHelp("In tables: the language of names, such as ar.", valueName: "language"))
  var lang: String?

  @Option(
    help: ArgumentHelp("Write a file that proves the answer, for annals check-proof.", valueName: "file"),
    completion: .file())
  var proof: String?

  @Flag(help: "With --proof: all events of the log, which proves that nothing was left out.")
  var whole = false

  func validate() throws {
    if whole, proof == nil { throw ValidationError("--whole is of --proof.") }
    if proof != nil, form == .chart { throw ValidationError("--proof writes rows; leave out --chart.") }
    if proof != nil, let limit = limitGiven, limit > QueryPages.mostProven {
      throw ValidationError("A proof is of at most \(QueryPages.mostProven) rows, or with --all of all.")
    }
    if all, limitGiven != nil { throw ValidationError("--all and a limit contradict each other.") }
    if let limit = limitGiven, limit < 1 { throw ValidationError("A limit is at least 1.") }
    if filters.contains(where: { $0.name == "limit" }), limitGiven == nil {
      throw ValidationError("limit takes a whole number.")
    }
    if form == .chart, view != "trade-volume" { throw ValidationError("--chart draws trade-volume only.") }
  }

  private var limitGiven: Int? {
    limit ?? filters.first { $0.name == "limit" }.flatMap { Int($0.values[0]) }
  }

  /// The filters with the options that are arguments of the request too.
  var arguments: [FilterArgument] {
    let options: [(String, String?)] = [
      ("as-of", asOf), ("at", at), ("order", order), ("min-position", minPosition.map(String.init)),
      ("certain", certain ? "yes" : nil),
    ]
    return filters.filter { $0.name != "limit" }
      + options.compactMap { name, value in value.map { FilterArgument(name, $0) } }
  }

  func run() async throws {
    var arguments = arguments
    if let proof {
      let header = try await prove(in: proof)
      // What is shown is what was proven.
      arguments.removeAll { ["as-of", "at", "min-position"].contains($0.name) }
      arguments += [FilterArgument("as-of", String(header.position)), FilterArgument("at", header.at)]
    }
    let pages = try QueryPages(
      view: view, arguments: arguments, wanted: all ? nil : limitGiven ?? QueryPages.usualRows)
    let form = form ?? (Terminal.output.isTerminal ? .table : .json)
    let options = AnswerWriter.TableOptions(showsIDs: ids, showsKeys: keys, language: lang)
    let output = StandardOutput(flushesLines: false)
    let notes = try await locations.withClient { client in
      let writer = AnswerWriter(client: client, output: output, view: view)
      return switch form {
      case .table: try await writer.table(pages, options)
      case .json: try await writer.json(pages)
      case .csv: try await writer.csv(pages)
      case .chart: try await writer.chart(pages, options, Terminal.isUnicode ? .unicode : .ascii)
      }
    }
    try output.flush()
    for sentence in notes.leftOut { Diagnostics.say(sentence) }
  }

  /// Writes the proof of the answer; the answer itself follows as ever.
  private func prove(in file: String) async throws -> AnswerProof.Header {
    var work = StoreProgress(isWanted: true)
    defer { work.clear() }
    let outcome = try await locations.withClient { client in
      try await AnswerProving(
        client: client, view: view, arguments: arguments, limit: all ? nil : limitGiven ?? QueryPages.usualRows,
        wantsWhole: whole, progress: { work.show($0, of: $1) }
      ).write(to: file)
    }
    work.clear()
    let header = outcome.header
    let extent = header.isWhole ? "all \(header.events) events" : "\(header.events) events, each with its proof"
    Diagnostics.say("\(file) proves \(header.rows) rows as of position \(header.position), with \(extent)")
    if outcome.wasWidened { Diagnostics.say("the rows rest on the whole log, so that no part of it gives them") }
    return header
  }
}
