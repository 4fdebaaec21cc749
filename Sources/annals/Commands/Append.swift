import AnnalsClient
import ArgumentParser
import Presentation

/// `annals append`: records events from files or standard input.
struct Append: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record events, one JSON object a line.",
    discussion: """
      Events are sent in batches, several at a time; a batch is recorded whole or not at all. Blank lines are skipped.
      At an event that is refused everything before it is recorded, its file, line and place are told, and the command \
      ends. Batches sent before the refusal was known may be recorded too; which lines are is told. Running the same \
      again is always safe: an event is recorded once, however often it is sent.

      Examples:
        annals append events.ndjson
        generate-events | annals append
        annals append --continue --json monday.ndjson tuesday.ndjson
      """)

  @Argument(help: "Files to read; - or none for standard input.", completion: .file())
  var files: [String] = []

  @OptionGroup var locations: LocationOptions

  @Option(help: ArgumentHelp("Record only if the log's last position is this: all or nothing.", valueName: "position"))
  var ifHead: UInt64?

  @Option(
    help: ArgumentHelp(
      "Record only if the last event of each event's subject is at this position (0: there is none): all or nothing.",
      valueName: "position"))
  var ifSubject: UInt64?

  @Option(help: ArgumentHelp("Events in a batch at the most.", valueName: "events"))
  var batch = AppendLimits.batchEvents

  @Flag(name: .customLong("continue"), help: "Leave out the lines that are refused and go on; tell them at the end.")
  var continues = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    guard 1...AppendLimits.mostBatchEvents ~= batch else {
      throw ValidationError("--batch lies between 1 and \(AppendLimits.mostBatchEvents).")
    }
    guard !continues || conditions.isEmpty else {
      throw ValidationError(
        "--continue cannot be combined with --if-head or --if-subject, which hold for all or nothing.")
    }
  }

  private typealias Session = AppendSession<FileSource>

  private var conditions: Session.Conditions { Session.Conditions(ifHead: ifHead, ifSubject: ifSubject) }

  func run() async throws {
    // All are opened first: a name misspelt is told before anything is recorded.
    let sources = try (files.isEmpty ? [FileSource.standardInput] : files).map(FileSource.init)
    var session = try session(sources)
    do {
      try await session.run()
    } catch {
      let report = report(session.plan, sources)
      for line in report.faultLines { Diagnostics.say(line) }
      Diagnostics.say(report.state)
      throw error
    }
    try finish(session.plan, report(session.plan, sources))
  }

  private func session(_ sources: [FileSource]) throws -> Session {
    let builder =
      conditions.isEmpty
      ? BatchBuilder(events: batch, bytes: AppendLimits.batchBytes)
      : BatchBuilder(events: .max, bytes: AppendLimits.requestBytes)
    let sizes = sources.compactMap(\.size)
    return Session(
      socket: try locations.socketPath,
      input: AppendInput(sources, builder: builder, flushesAtFaults: !continues),
      size: sizes.count == sources.count ? sizes.reduce(0, +) : nil,
      continues: continues, conditions: conditions, display: ProgressDisplay(isWanted: !quiet))
  }

  private func report(_ plan: AppendPlan, _ sources: [FileSource]) -> AppendReport {
    AppendReport(tally: plan.tally, faults: plan.faults, files: sources.map(\.name))
  }

  private func finish(_ plan: AppendPlan, _ report: AppendReport) throws {
    let output = StandardOutput()
    if json { try output.line(report.json) } else { try output.line(report.summary) }
    try output.flush()
    for line in report.faultLines { Diagnostics.say(line) }
    if let stop = plan.stop {
      Diagnostics.say(report.state)
      let status: ProgramStatus = [Refusal.unreachable, "shutting_down"].contains(stop.code) ? .unreachable : .refused
      throw CommandFailure(status, "\(stop.code): \(stop.message)")
    }
    guard report.faults.isEmpty else {
      throw CommandFailure(.refused, report.state)
    }
  }
}
