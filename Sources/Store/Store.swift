import Claims
import EDTF
import EventLog
import Files
import LMDB
import LineProtocol
import Projections
import Projectors
import Synchronization

/// A log with its views: what the daemon serves and what tools open when the daemon is down.
package final class Store: Sendable {
  /// The log.
  package let log: EventLog
  /// The views over it.
  package let views: ViewEngine
  private let answers = AnswerCache()

  /// Opens the store in a folder, or makes a new one. See ``EventLog/init(_:observer:options:)``.
  package init(_ path: String, options: EventLogOptions = EventLogOptions()) throws(EventLogError) {
    views = ViewEngine(Views.all)
    log = try EventLog(path, observer: views, options: options)
  }

  /// Closes the store; what waits is recorded and applied first.
  package func close() throws(EventLogError) {
    try log.close()
  }

  // MARK: Reading the log

  /// The line recorded at `position`.
  package func line(at position: UInt64) throws(StoreError) -> [UInt8] {
    try read { transaction throws(StoreError) in
      guard let line = try found({ () throws(EventLogError) in try log.tables.line(at: position, transaction) }) else {
        throw .notFound("there is no event at position \(position)")
      }
      return line
    }
  }

  /// The line of the event with this source and id.
  package func line(source: String, id: String) throws(StoreError) -> [UInt8] {
    try read { transaction throws(StoreError) in
      let line = try found { () throws(EventLogError) -> [UInt8]? in
        guard let position = try log.tables.position(source: source, id: id, transaction) else { return nil }
        return try log.tables.line(at: position, transaction)
      }
      guard let line else {
        throw .notFound(
          "there is no event with source \"\(ProtocolError.echo(source))\" and id \"\(ProtocolError.echo(id))\"")
      }
      return line
    }
  }

  // MARK: Asking views

  /// An answer, and the position it is as of.
  package struct Answered: Sendable {
    package let answer: ViewAnswer
    package let position: UInt64
  }

  /// Answers that were given again without being worked out, since the store was opened.
  package var repeatedAnswers: Int { answers.repeated.load(ordering: .relaxed) }

  /// Answers a question to a view.
  ///
  /// - Parameters:
  ///   - question: built from the view's filters; see ``ViewQuestion``.
  ///   - words: the request that was understood as this question. What was answered to the same words before is given
  ///     again where it still holds.
  package func answer(
    _ view: String, _ question: ViewQuestion, asOf: AsOf?, words: [UInt8]? = nil
  ) throws(StoreError) -> Answered {
    // Before the snapshot is taken, so that what they say of it holds.
    let changes = views.changes
    return try read { transaction throws(StoreError) in
      let (state, position) = try served(view, asOf: asOf, transaction)
      let isFixed = asOf != nil || state.frozenAt != nil
      // Without a source rows are folded anew from claims, which rest on more than views.
      let isKept = changes != nil && question.withoutSources.isEmpty
      let asked = words.flatMap { words in
        isKept
          ? AnswerCache.Question(
            words: words, day: question.day.number, table: state.tableName, position: isFixed ? position : nil) : nil
      }
      if let asked, let known = answers.entry(asked),
        isFixed || changes?.areNone(in: known.views, after: known.position, through: position) == true
      {
        answers.repeated.add(1, ordering: .relaxed)
        return Answered(answer: known.answer, position: position)
      }
      guard let reader = ViewReader(view, of: views, state: state, asOf: position) else { throw .unknownView(view) }
      let answer: ViewAnswer
      do throws(ProjectionError) { answer = try reader.answer(question, transaction) } catch {
        throw .projection(error)
      }
      if let asked {
        answers.keep(asked, AnswerCache.Entry(answer: answer, position: position, views: reader.consulted.names))
      }
      return Answered(answer: answer, position: position)
    }
  }

  /// The lines of the events that a row rests on and of those that bear on them, in order of position: see
  /// ``ViewReader/evidence(of:_:)``.
  package func explain(_ view: String, key: String, asOf: AsOf?) throws(StoreError) -> [[UInt8]] {
    try read { transaction throws(StoreError) in
      let (reader, position) = try self.reader(view, asOf: asOf, transaction)
      let evidence: [UInt64]?
      do throws(ProjectionError) {
        if let row = try reader.row(key, transaction) {
          evidence = try reader.evidence(of: row, transaction)
        } else {
          evidence = nil
        }
      } catch { throw .projection(error) }
      guard let evidence else {
        throw .notFound("\(view) has no row with this key as of position \(position)")
      }
      var lines: [[UInt8]] = []
      for place in evidence {
        let line = try found { () throws(EventLogError) in try log.tables.line(at: place, transaction) }
        guard let line else { throw .log(.damaged(position: place, reason: "missing from LMDB")) }
        lines.append(line)
      }
      return lines
    }
  }

  /// How each view is doing, in the order they are registered, with the position each has reached.
  package func states() throws(StoreError) -> [(state: ViewState, position: UInt64, head: UInt64)] {
    try read { transaction throws(StoreError) in
      let applied = try found { () throws(EventLogError) in try log.tables.applied(transaction) }
      let head = max(log.head, applied)
      var states: [(state: ViewState, position: UInt64, head: UInt64)] = []
      for projector in views.projectors {
        do throws(ProjectionError) {
          guard let state = try views.state(of: projector.name, transaction) else { continue }
          states.append((state, state.frozenAt ?? applied, head))
        } catch { throw .projection(error) }
      }
      return states
    }
  }

  /// The reader of a view as of a position, and that position.
  private func reader(
    _ view: String, asOf: AsOf?, _ transaction: borrowing ReadTransaction
  ) throws(StoreError) -> (ViewReader, UInt64) {
    let (state, position) = try served(view, asOf: asOf, transaction)
    guard let reader = ViewReader(view, of: views, state: state, asOf: position) else { throw .unknownView(view) }
    return (reader, position)
  }

  /// How a view is doing, and the position that is asked about, which it has reached.
  func served(
    _ view: String, asOf: AsOf?, _ transaction: borrowing ReadTransaction
  ) throws(StoreError) -> (state: ViewState, position: UInt64) {
    // Any text may be asked about; not every text can be a key.
    guard views.projector(of: view) != nil else { throw .unknownView(view) }
    let state: ViewState?
    do throws(ProjectionError) { state = try views.state(of: view, transaction) } catch { throw .projection(error) }
    guard let state else { throw .unknownView(view) }
    let applied = try found { () throws(EventLogError) in try log.tables.applied(transaction) }
    let reached = state.frozenAt ?? applied
    let position = try self.position(asOf, applied: applied, transaction)
    if let position, position > reached { throw .notReached(state, position: position) }
    return (state, position ?? reached)
  }

  private func position(
    _ asOf: AsOf?, applied: UInt64, _ transaction: borrowing ReadTransaction
  ) throws(StoreError) -> UInt64? {
    switch asOf {
    case nil: return nil
    case .position(let position):
      guard position <= max(applied, log.head) else { throw .tooFarAhead(position, head: log.head) }
      return position
    case .time(let text):
      guard let time = Timestamp(text) else { throw .badTime(text) }
      return try found { () throws(EventLogError) in try log.position(at: time, transaction) }
    }
  }

  /// Runs a short read on the newest snapshot.
  package func read<Result>(
    _ body: (borrowing ReadTransaction) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try log.environment.read(body)
  }
}

/// Why a store could not answer.
package enum StoreError: Error, Sendable {
  /// The log or LMDB failed.
  case log(EventLogError)
  /// A view failed.
  case projection(ProjectionError)
  /// There is no such event or row.
  case notFound(String)
  /// There is no such view.
  case unknownView(String)
  /// The view does not reach the position asked about: it is being rebuilt, or has stopped.
  case notReached(ViewState, position: UInt64)
  /// The position asked about is beyond the log's head.
  case tooFarAhead(UInt64, head: UInt64)
  /// The time asked about is not one of RFC 3339.
  case badTime(String)
  /// Of two positions to compare, the first is the later one.
  case reversed(from: UInt64, to: UInt64)
  /// The view was built anew while it was being read.
  case rebuilt(String)
}

extension StoreError: LMDBFailure {
  package init(lmdb error: LMDBError) {
    self = .log(.lmdb(error))
  }
}

/// Does what may fail in the log, as an error of the store.
func found<Result: ~Copyable>(_ body: () throws(EventLogError) -> Result) throws(StoreError) -> Result {
  do throws(EventLogError) { return try body() } catch { throw .log(error) }
}

extension Store {
  /// What the store takes up.
  package struct Size: Sendable {
    /// Segments of the write-ahead log, the spare not counted.
    package let segments: Int
    package let walBytes: Int
    /// Bytes of LMDB's file that are in use or were.
    package let lmdbBytes: Int
    /// Readers of LMDB that hold a slot.
    package let readers: Int
  }

  /// Measures the store.
  package func size() throws(StoreError) -> Size {
    var (segments, walBytes) = (0, 0)
    do throws(FileError) {
      let files = log.fileSystem
      for name in try files.list(log.folder.writeAheadLog) where name.hasSuffix(".wal") {
        if name.hasPrefix("segment-") { segments += 1 }
        walBytes += try files.open("\(log.folder.writeAheadLog)/\(name)", .read).size()
      }
    } catch { throw .log(.file(error)) }
    let (info, statistics) = try found { () throws(EventLogError) in
      try storing { () throws(LMDBError) in (try log.environment.info, try log.environment.statistics) }
    }
    return Size(
      segments: segments, walBytes: walBytes, lmdbBytes: (info.lastPage + 1) * statistics.pageSize,
      readers: info.readers)
  }
}
