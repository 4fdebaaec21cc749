import ArgumentParser
import Foundation
import Presentation

/// `annals bench`: how fast a daemon is here.
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast the daemon is on this machine.",
    discussion: """
      Without --socket a daemon of its own is measured, in a temporary folder that is removed afterwards; the environment \
      is not looked at. With it, made-up events are recorded at that daemon for ever, so its log has to be empty, unless \
      --add-to-log says that it is there for trials.

      Cases, of which names or beginnings of names pick some: load (until the views are current), trade, trade-as-of, \
      trade-again (the same questions again and again), meetings in the same ways, replay, and append with 1, 16 and \
      64 clients, pipelined and in batches. Each but load is repeated, and medians are shown. Events are the same for \
      the same --seed.

      Examples:
        annals bench
        annals bench append --seconds 5 --temporary /srv
        annals bench load meetings --events 1000000 --json > before.ndjson
        annals bench --print-events 100000 > events.ndjson
      """)

  @Argument(help: ArgumentHelp("Cases to run; all unless given.", valueName: "case"))
  var cases: [String] = []

  @Option(
    help: ArgumentHelp("Socket of a daemon to measure instead of one of its own.", valueName: "path"),
    completion: .file())
  var socket: String?

  @Option(
    help: ArgumentHelp(
      "Where the daemon's temporary folder is made; $TMPDIR or /tmp unless given.", valueName: "folder"),
    completion: .directory)
  var temporary: String?

  @Flag(help: "Add made-up events to the log at --socket though it is not empty.")
  var addToLog = false

  @Option(help: ArgumentHelp("Events that are loaded.", valueName: "number"))
  var events = BenchSession.Plan().events

  @Option(help: ArgumentHelp("Seconds of each repetition.", valueName: "seconds"))
  var seconds = BenchSession.Plan().seconds

  @Option(help: ArgumentHelp("Seconds before the first repetition of each case.", valueName: "seconds"))
  var warmUp = BenchSession.Plan().warmUp

  @Option(help: ArgumentHelp("Repetitions of each case.", valueName: "number"))
  var repetitions = BenchSession.Plan().repetitions

  @Option(
    help: ArgumentHelp(
      "Events that a repetition appends at the most; before the next one the views catch up.", valueName: "number"))
  var mostAppended = BenchSession.Plan().mostAppended

  @Option(help: ArgumentHelp("Appends under way in append-pipelined.", valueName: "number"))
  var outstanding = 256

  @Option(help: ArgumentHelp("Events of a request in load and append-batches.", valueName: "number"))
  var batch = BenchSession.Plan().batch

  @Option(help: ArgumentHelp("From which the events are made.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp("Only print so many of the events, with the declarations before them.", valueName: "number"))
  var printEvents: Int?

  @Flag(exclusivity: .exclusive)
  var form: OutputForm?

  @Flag(help: "Say nothing while it goes on.")
  var quiet = false

  func validate() throws {
    for (name, value, most) in [
      ("--events", events, Int.max), ("--most-appended", mostAppended, .max), ("--repetitions", repetitions, 1000),
      ("--outstanding", outstanding, 4096),
      ("--batch", batch, 2000), ("--print-events", printEvents ?? 1, .max),
    ] {
      guard 1...most ~= value else {
        throw ValidationError(most == .max ? "\(name) is at least 1." : "\(name) lies between 1 and \(most).")
      }
    }
    guard 0.05...3600 ~= seconds, 0...3600 ~= warmUp else {
      throw ValidationError("--seconds lies between 0.05 and 3,600, --warm-up between 0 and 3,600.")
    }
    guard socket != nil || !addToLog else { throw ValidationError("--add-to-log needs --socket.") }
    guard socket == nil || temporary == nil else {
      throw ValidationError("--temporary is for a daemon of its own; --socket names another.")
    }
    do {
      _ = try chosen
    } catch { throw ValidationError(error.message) }
  }

  private var chosen: [BenchCase] {
    get throws(CommandFailure) {
      try BenchCase.chosen(cases, of: BenchCase.all(outstanding: outstanding, batch: batch))
    }
  }

  func run() async throws {
    if let printEvents { return try Self.print(printEvents, seed: seed) }
    #if DEBUG
      if !quiet {
        Diagnostics.say("this is a debug build, many times slower than a release build (swift build -c release)")
      }
    #endif
    var plan = BenchSession.Plan()
    (plan.events, plan.batch, plan.seed, plan.addsToLog) = (events, batch, seed, addToLog)
    (plan.seconds, plan.warmUp, plan.repetitions, plan.mostAppended) = (seconds, warmUp, repetitions, mostAppended)
    let results = try await measure(plan)
    let report = BenchReport(results: results, plan: plan)
    let output = StandardOutput(flushesLines: false)
    switch form.chosen {
    case .json: for line in report.lines { try output.line(line) }
    case .table: try TableOutput.write(report.table, to: output)
    }
    try output.flush()
  }

  private func measure(_ plan: BenchSession.Plan) async throws -> [BenchResult] {
    var shown = ""
    let say = { (message: String) in
      // While views are waited for, the message differs by a number only.
      let subject = String(message.prefix { !$0.isNumber })
      guard !quiet, subject != shown || !message.contains("behind") else { return }
      shown = subject
      Diagnostics.say(message)
    }
    if let socket {
      say("measuring the daemon at \(socket)")
      return try await BenchSession.run(try chosen, at: socket, plan, say: say)
    }
    let place = temporary ?? FileManager.default.temporaryDirectory.path
    let daemon = try TemporaryDaemon(in: place)
    defer { daemon.stop() }
    say("measuring a temporary daemon in \(place)")
    let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
    if TemporaryDaemon.isInMemory(place, mounts: mounts) {
      Diagnostics.say("\(place) is in memory: a flush costs nothing there; name a folder on a disk by --temporary.")
    }
    return try await BenchSession.run(try chosen, at: daemon.socket, plan, say: say)
  }

  private static func print(_ count: Int, seed: UInt64) throws {
    var corpus = BenchCorpus(seed: seed)
    let output = StandardOutput(flushesLines: false)
    for event in corpus.declarations() { try output.line(event) }
    for _ in 0..<count { try output.line(corpus.next()) }
    try output.flush()
  }
}
