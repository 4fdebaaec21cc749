import ArgumentParser
import Import
import Presentation

/// `annals import`: makes events of the rows of a table and records them.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make events of the rows of a CSV file and record them.",
    discussion: """
      A mapping file in JSON says which columns become what; schema/import.md describes it. Nothing is guessed and nothing is \
      dropped in silence: the report tells of every row or date that could not be taken where it stands and why. Events get \
      their ids from the rows, so that running the same again is safe.

      Examples:
        annals import visits.csv --mapping visits.json
        annals import visits.csv --mapping visits.json --dry-run --strict
        annals import treaties.csv --mapping treaties.json --output - | less
      """)

  @Argument(help: "The table; - for standard input.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The mapping file.", valueName: "file"), completion: .file())
  var mapping: String

  @OptionGroup var locations: LocationOptions

  @Flag(help: "Record nothing; only tell what would be.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Write the events to a file, - for standard output, instead of recording them.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: ArgumentHelp("Write the whole report to a file, one JSON object a line.", valueName: "file"))
  var report: String?

  @Flag(help: "End with a status of its own if anything was left out.")
  var strict = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if dryRun, output != nil { throw ValidationError("--dry-run writes no events; leave --output out.") }
  }

  func run() async throws {
    let mapping = try readMapping()
    let table = try FileSource(file)
    let bytes = try Self.whole(table)
    let reportFile = try report.map { path throws(CommandFailure) in try OutputFile(path) }
    let importer: Importer
    do throws(ImportError) {
      importer = try Importer(bytes, mapping: mapping)
    } catch {
      throw CommandFailure(.refused, "\(table.name): \(error.message)")
    }
    let source = ImportSource(importer) { finding in try reportFile?.line(ImportReport.json(finding)) }
    let refused: [Finding]
    if dryRun || output != nil {
      try write(source, bytes.count)
      refused = []
    } else {
      refused = try await record(source, table.name)
    }
    try tell(source, refused, table.name, reportFile)
  }

  private static let again = "Run the same again: what is recorded already is not recorded twice."

  private func readMapping() throws(CommandFailure) -> Mapping {
    let bytes = try Self.whole(FileSource(mapping))
    do throws(ImportError) {
      return try Mapping(parsing: bytes)
    } catch {
      throw CommandFailure(.refused, "\(mapping): \(error.message)")
    }
  }

  private static func whole(_ source: FileSource) throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try source.read()
      guard !piece.isEmpty else { return bytes }
      bytes += piece
    }
  }

  private static func target(_ path: String) throws(CommandFailure) -> any LineOutput {
    if path == FileSource.standardInput { return StandardOutput(flushesLines: false) }
    return try OutputFile(path)
  }

  /// Makes all events, and writes them where there is an output.
  private func write(_ source: ImportSource, _ size: Int) throws {
    let target = try output.map(Self.target)
    var display = ProgressDisplay(isWanted: !quiet)
    defer { display.clear() }
    var progress = ProgressLine()
    progress.allBytes = UInt64(size)
    while let events = try source.next() {
      for event in events { try target?.line(event.bytes) }
      progress.events += UInt64(events.count)
      progress.bytes = UInt64(source.importer.bytesRead)
      display.show(progress)
    }
    try target?.flush()
  }

  /// Makes all events and records them; gives those that the daemon refuses.
  private func record(_ source: ImportSource, _ name: String) async throws -> [Finding] {
    let builder = BatchBuilder(events: AppendLimits.batchEvents, bytes: AppendLimits.batchBytes)
    var session = AppendSession(
      socket: try locations.socketPath, input: AppendInput([source], builder: builder, flushesAtFaults: false),
      size: nil,
      continues: true, display: ProgressDisplay(isWanted: !quiet))
    do {
      try await session.run()
    } catch {
      Diagnostics.say(
        "\(AppendReport(tally: session.plan.tally, faults: [], files: [name]).summary), and no more. \(Self.again)")
      throw error
    }
    let output = StandardOutput()
    try output.line(AppendReport(tally: session.plan.tally, faults: [], files: [name]).summary)
    try output.flush()
    if let stop = session.plan.stop {
      let status: ProgramStatus = [Refusal.unreachable, "shutting_down"].contains(stop.code) ? .unreachable : .refused
      throw CommandFailure(status, "\(stop.code): \(stop.message) \(Self.again)")
    }
    return session.plan.faults.sorted { $0.place < $1.place }.map(source.finding)
  }

  private func tell(_ source: ImportSource, _ refused: [Finding], _ name: String, _ file: OutputFile?) throws {
    var report = ImportReport(file: name, importer: source.importer)
    for finding in refused {
      report.tally.add(finding)
      try file?.line(ImportReport.json(finding))
    }
    try file?.line(report.json)
    try file?.flush()
    for line in report.lines { Diagnostics.say(line) }
    guard report.tally.isBalanced else {
      throw CommandFailure(
        .refused, "Not every row of \(name) is accounted for. This is a mistake in annals; please tell of it.")
    }
    guard refused.isEmpty else {
      throw CommandFailure(
        .refused, "The daemon has refused \(NumberText.count(refused.count)) events; all others are recorded.")
    }
    if strict, report.tally.hasLosses {
      throw CommandFailure(.incomplete, "Not all rows were taken, as --strict asks for.")
    }
  }
}
