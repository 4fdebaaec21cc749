import Digests
import EDTF
import EventLog
import Files
import LMDB
import Projections
import Projectors
import Threads

/// A store made from nothing but replayed lines, to compare with what a daemon serves.
///
/// It lives in a folder of its own, which is removed when it is let go. Writing to LMDB is bound to one thread, so it has
/// one of its own, and lines can come from any.
package final class ReplayedStore: Sendable {
  /// Lines that may wait to be taken in.
  private static let mostWaiting = 8_192

  private struct State {
    var waiting: [(position: UInt64, line: [UInt8])] = []
    var position: UInt64 = 0
    var isEnding = false
    var hasEnded = false
    var failure: EventLogError?
    var environment: Environment?
  }

  private let state = Monitor(State())
  private let views = ViewEngine(Views.all)
  private let directory: String
  private let options: EventLogOptions

  /// An empty one in a new folder.
  ///
  /// - Parameter isPartial: whether positions may be left out; what stood there counts as erased.
  package init(in directory: String, isPartial: Bool = false, options: EventLogOptions = EventLogOptions()) {
    self.directory = directory
    self.options = options
    _ = OSThread { [state, views] in
      do throws(EventLogError) {
        try Self.run(state, LogRebuild(into: directory, isPartial: isPartial, observer: views, options: options))
      } catch {
        state.change { $0.failure = error }
      }
      state.change { $0.hasEnded = true }
    }
  }

  deinit {
    state.change { $0.isEnding = true }
    let environment = state.wait(until: { $0.hasEnded }, then: { $0.environment })
    // What is left behind in a temporary folder does no harm.
    try? environment?.close()
    try? StoreRebuild.remove(directory, options.fileSystem)
  }

  private static func run(_ state: Monitor<State>, _ rebuild: LogRebuild) throws(EventLogError) {
    state.withLock { $0.environment = rebuild.environment }
    while true {
      let (lines, isEnding) = state.wait(
        until: { !$0.waiting.isEmpty || $0.isEnding },
        then: { state -> ([(position: UInt64, line: [UInt8])], Bool) in
          defer { state.waiting = [] }
          return (state.waiting, state.isEnding)
        })
      state.change { _ in }
      if lines.isEmpty, isEnding { break }
      for (position, line) in lines { try rebuild.take(line, at: position) }
    }
    try rebuild.finish()
  }

  /// The names of the views.
  package var viewNames: [String] { views.projectors.map(\.name) }

  /// Takes in the line recorded at `position`, the next one unless positions may be left out. Waits while too many wait.
  ///
  /// - Throws: `damaged` if this line or one before does not bear its position, or is no valid event.
  package func take(_ line: [UInt8], at position: UInt64) throws(EventLogError) {
    let failure = state.wait(
      until: { $0.waiting.count < Self.mostWaiting || $0.hasEnded }, then: { $0.failure })
    if let failure { throw failure }
    state.change { state in
      state.waiting.append((position, line))
      state.position = position
    }
  }

  /// The last position given.
  package var position: UInt64 { state.withLock { $0.position } }

  /// Ends the taking in; views can be asked from here on.
  package func finish() throws(EventLogError) {
    state.change { $0.isEnding = true }
    if let failure = state.wait(until: { $0.hasEnded }, then: { $0.failure }) { throw failure }
  }

  /// The next rows of a view in ascending order: each a line without its line feed.
  ///
  /// - Parameters:
  ///   - asOf: a position up to the last one.
  ///   - cursor: where the rows before ended; nil for the first. Set to where these end, nil at the view's end.
  package func rows(
    of view: String, asOf position: UInt64, at day: Day, limit: Int, cursor: inout [UInt8]?
  ) throws(StoreError) -> [[UInt8]] {
    var question = ViewQuestion(at: day)
    question.limit = limit
    question.after = cursor
    let answer = try answer(view, question, asOf: position)
    cursor = answer.cursor
    return answer.bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }

  /// The projector of a view; nil where there is none.
  package func projector(of view: String) -> (any Projector)? { views.projector(of: view) }

  /// Answers a question to a view.
  ///
  /// - Parameter position: the position asked about, up to the last one.
  package func answer(
    _ view: String, _ question: ViewQuestion, asOf position: UInt64
  ) throws(StoreError) -> ViewAnswer {
    guard let environment = state.withLock({ $0.environment }) else { throw .unknownView(view) }
    return try environment.read { (transaction: borrowing ReadTransaction) throws(StoreError) in
      do throws(ProjectionError) {
        guard let state = try views.state(of: view, transaction),
          let reader = ViewReader(view, of: views, state: state, asOf: position)
        else { throw .impossible(reason: "no view \(view)") }
        return try reader.answer(question, transaction)
      } catch { throw .projection(error) }
    }
  }
}
