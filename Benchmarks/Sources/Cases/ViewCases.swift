import Claims
import EDTF
import EventLog
import JSON
import LMDB
import Projections
import Projectors
import Threads
import WriteAheadLog

extension Case {
  /// Events of one run of `apply`.
  private static let applied = 100

  /// The views: events applied to each alone, and questions.
  static let views = Views.all.map(apply) + [query(.now), query(.middle)]

  /// Events are appended to a log with only this view and those it rests on, until it has them. The cost of the log is in it, the
  /// same for each view: only differences between two versions of the code mean anything.
  private static func apply(_ projector: any Projector) -> Case {
    Case("append and apply to \(projector.name)", count: applied) {
      let log = try OpenLog(Views.all.filter { $0.name == projector.name || projector.upstream.contains($0.name) })
      try log.append(Sample.lines[..<Sample.declarations])
      var next = Sample.declarations
      return {
        try log.append(Sample.lines[next..<next + applied])
        next += applied
      }
    }
  }

  /// As of when is asked.
  private enum Time: String {
    case now
    case middle = "as of the middle"
  }

  /// Series of trade of one country after the other with China, from a log of some thousand events.
  private static func query(_ time: Time) -> Case {
    let partners = ["RUS", "USA", "IND", "JPN", "KOR", "KAZ", "BRA", "ZAF", "EGY", "SAU"]
    return Case("query trade-volume \(time.rawValue)", count: partners.count) {
      let projectors = Views.all.filter { $0.name == "trade-volume" }
      let log = try OpenLog(projectors)
      for start in stride(from: 0, to: 4000, by: 1000) { try log.append(Sample.lines[start..<start + 1000]) }
      guard let day = Day(year: 2026, month: 2, day: 5) else { preconditionFailure("a day") }
      return {
        for partner in partners {
          var question = ViewQuestion(at: day)
          question.between = ("CHN", partner)
          question.limit = 50
          keep(try log.answer("trade-volume", question, asOf: time == .middle ? 2000 : nil))
        }
      }
    }
  }
}

/// A log with some of the views.
private final class OpenLog {
  private let folder: Folder
  private let log: EventLog
  private let engine: ViewEngine

  init(_ projectors: [any Projector]) throws {
    folder = try Folder()
    engine = ViewEngine(projectors)
    var options = EventLogOptions()
    options.mapBytes = 1 << 30
    options.writeAheadLog = LogOptions(segmentBytes: 16 << 20, preparesSpare: false)
    log = try EventLog("\(folder.path)/data", observer: engine, options: options)
  }

  deinit {
    try? log.close()
  }

  /// Appends events as one batch and waits until the views hold them.
  func append(_ lines: some Sequence<[UInt8]>) throws {
    let parser = JSONParser()
    let events = try lines.map { try PreparedEvent(parser.parse($0).root) }
    let receipt = Receipt()
    log.append(AppendBatch(events, by: Peer(name: "ana")), token: 0, to: receipt)
    try log.waitUntilApplied(try receipt.outcome().head)
  }

  func answer(_ view: String, _ question: ViewQuestion, asOf position: UInt64?) throws -> ViewAnswer {
    try log.environment.read { (transaction: borrowing ReadTransaction) throws(ProjectionError) in
      let position = position ?? log.applied
      guard let state = try engine.state(of: view, transaction),
        let reader = ViewReader(view, of: engine, state: state, asOf: position)
      else { preconditionFailure("the view is there") }
      return try reader.answer(question, transaction)
    }
  }
}

/// Waits for the outcome of one append.
private final class Receipt: AppendReceiver {
  private let told = Monitor<Result<AppendOutcome, AppendError>?>(nil)

  func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    told.change { $0 = outcomes.first?.outcome }
  }

  func outcome() throws -> AppendOutcome {
    try told.wait(until: { $0 != nil }, then: { $0! }).get()
  }
}
