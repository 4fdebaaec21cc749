import Claims
import Digests
import Files
import LMDB
import Threads
import WriteAheadLog

/// Who receives the outcomes of appends: all those of one group commit in one call, from the recording thread.
package protocol AppendReceiver: AnyObject, Sendable {
  /// - Parameter outcomes: the token given with each append, and what became of it.
  func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)])
}

/// Gives events their positions and makes them durable, on one thread: all that waits becomes one frame of the
/// write-ahead log, written and synced once, then acknowledged, then handed to the applier.
///
/// One group is in flight at a time; the next gathers meanwhile. No timer delays a lone append.
final class Recorder: Sendable {
  private struct Submission {
    let request: AppendBatch
    let receiver: any AppendReceiver
    let token: UInt64
  }

  private struct State {
    var waiting = FairQueue<Submission>(quantum: 16 << 10)
    var questions: [@Sendable () -> Void] = []
    var isStopping = false
    var head: UInt64 = 0
    var failure: WALError?
    /// Whether the applier keeps up. Where it does not, only those who ask seldom are served until it has caught up: what
    /// is recorded beyond what can be applied would make them wait.
    var hasRoom = true

    var hasWork: Bool { waiting.hasFresh || (hasRoom && !waiting.isEmpty) || !questions.isEmpty || isStopping }

    /// Takes what is to be recorded next.
    mutating func takeGroup(of limit: Int) -> [Submission] {
      waiting.takeGroup(of: limit, freshOnly: !hasRoom)
    }
  }

  private let state = Monitor(State())
  private let environment: Environment
  private let applier: Applier
  private let tables: LogTables
  private let options: EventLogOptions
  private let thread = Monitor<OSThread?>(nil)
  private let subscription = Monitor<Subscription?>(nil)

  init(_ environment: Environment, _ tables: LogTables, _ applier: Applier, options: EventLogOptions) {
    self.environment = environment
    self.tables = tables
    self.applier = applier
    self.options = options
  }

  /// The last durable position.
  var head: UInt64 { state.withLock { $0.head } }

  /// Why nothing is recorded any more; nil while it is.
  var failure: WALError? { state.withLock { $0.failure } }

  /// Starts the thread, which owns `writer` from here on.
  func start(_ writer: sending LogWriter, lastRecorded: Timestamp) {
    state.withLock { $0.head = writer.head }
    subscription.withLock { $0 = applier.subscribe { [weak self] in self?.noteRoom() } }
    // The writer moves to the new thread and is used nowhere else.
    nonisolated(unsafe) let log = writer
    thread.withLock { thread in
      thread = OSThread { [self] in run(log, lastRecorded) }
    }
  }

  /// Asks to have events appended; `receiver` is told once they are durable, or why they are not.
  ///
  /// - Parameter lane: who asks. What one asks for is recorded in order, and does not hold up others.
  func submit(_ request: AppendBatch, token: UInt64, to receiver: any AppendReceiver, lane: UInt64) {
    let cost = request.events.reduce(0) { $0 + $1.content.count }
    let isOpen = state.change { state in
      guard !state.isStopping else { return false }
      state.waiting.append(
        Submission(request: request, receiver: receiver, token: token), to: lane, cost: cost)
      return true
    }
    if !isOpen { receiver.appended([(token, .failure(.closing))]) }
  }

  /// Calls `answer` on the thread once it has gone round: taken what waits, and recorded or refused it.
  func whenGoneRound(_ answer: @escaping @Sendable () -> Void) {
    state.change { $0.questions.append(answer) }
  }

  /// Notes whether the applier keeps up. It is asked while the state is held, so that the last to note it is right.
  private func noteRoom() {
    state.change { $0.hasRoom = applier.hasRoom }
  }

  /// Records what waits and ends the thread.
  func stop() {
    state.change { $0.isStopping = true }
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }

  private func run(_ writer: LogWriter, _ lastRecorded: Timestamp) {
    let reader: Reader
    do throws(LMDBError) { reader = try environment.makeReader() } catch {
      return refuseAll(.storage(.lmdb(error)))
    }
    var stage = AppendStage(tables: tables, head: writer.head, lastRecorded: lastRecorded)
    while true {
      let (group, questions, isStopping) = state.wait(
        until: \.hasWork,
        then: { state -> ([Submission], [@Sendable () -> Void], Bool) in
          defer { state.questions = [] }
          if state.isStopping { state.hasRoom = true }
          return (state.takeGroup(of: options.groupBytes), state.questions, state.isStopping)
        })
      if !group.isEmpty { record(group, writer, reader, &stage) }
      for answer in questions { answer() }
      if group.isEmpty, isStopping { break }
    }
    writer.close()
  }

  private func record(_ group: [Submission], _ writer: LogWriter, _ reader: Reader, _ stage: inout AppendStage) {
    // Events that LMDB no longer takes in could be neither read nor forgotten here.
    if let failure = applier.failure {
      var refusal = AppendError.storage(failure)
      if case .closing = failure { refusal = .closing }
      return acknowledge(group, group.map { _ in .failure(refusal) }, head: writer.head)
    }
    if let shortage = applier.shortage {
      return acknowledge(group, group.map { _ in .failure(.diskFull(shortage)) }, head: writer.head)
    }
    // What is applied by now is in the snapshot taken after, so it need not be remembered in memory.
    stage.forget(through: applier.applied)
    stage.begin(at: options.clock())
    var outcomes: [Result<AppendOutcome, AppendError>] = []
    outcomes.reserveCapacity(group.count)
    do throws(EventLogError) {
      try reader.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
        for submission in group {
          do throws(AppendError) {
            outcomes.append(.success(try stage.take(submission.request, transaction)))
          } catch {
            outcomes.append(.failure(error))
          }
        }
      }
    } catch {
      stage.abandon()
      outcomes = group.map { _ in .failure(.storage(error)) }
    }
    do throws(WALError) {
      if !stage.staged.isEmpty {
        let entries = stage.staged.map { LogEntry($0.line, leaf: $0.leaf) }
        _ = try writer.append(entries, applied: applier.applied)
      }
    } catch {
      stage.abandon()
      let refusal = refusal(error)
      outcomes = outcomes.map { $0.failing(with: refusal, head: writer.head) }
    }
    let durable = stage.commit()
    if !durable.isEmpty {
      let head = writer.head
      state.change { $0.head = head }
    }
    KillPoint.beforeAcknowledgement.pass()
    acknowledge(group, outcomes, head: writer.head)
    KillPoint.afterAcknowledgement.pass()
    guard !durable.isEmpty else { return }
    applier.apply(durable)
    noteRoom()
  }

  private func refusal(_ error: WALError) -> AppendError {
    switch error {
    case .diskFull: return .diskFull(.writeAheadLog(error))
    case .frameTooLarge(let bytes, let limit): return .tooLarge(bytes: bytes, limit: limit)
    default:
      state.withLock { $0.failure = error }
      return .stopped(error)
    }
  }

  /// Tells each receiver all its outcomes in one call.
  private func acknowledge(
    _ group: [Submission], _ outcomes: [Result<AppendOutcome, AppendError>], head: UInt64
  ) {
    var receivers: [any AppendReceiver] = []
    var gathered: [ObjectIdentifier: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]] = [:]
    for (submission, outcome) in zip(group, outcomes) {
      let key = ObjectIdentifier(submission.receiver)
      if gathered[key] == nil { receivers.append(submission.receiver) }
      let told = outcome.map { AppendOutcome(positions: $0.positions, head: head, duplicates: $0.duplicates) }
      gathered[key, default: []].append((submission.token, told))
    }
    for receiver in receivers { receiver.appended(gathered[ObjectIdentifier(receiver)] ?? []) }
  }

  private func refuseAll(_ error: AppendError) {
    while true {
      let (group, questions, isStopping) = state.wait(
        until: \.hasWork,
        then: { state -> ([Submission], [@Sendable () -> Void], Bool) in
          defer { state.questions = [] }
          return (state.waiting.takeGroup(of: .max), state.questions, state.isStopping)
        })
      for submission in group { submission.receiver.appended([(submission.token, .failure(error))]) }
      for answer in questions { answer() }
      if isStopping { return }
    }
  }
}

extension Result<AppendOutcome, AppendError> {
  /// The outcome of an append whose group could not be written: what rests on durable events alone stands, an answer to
  /// a repetition or a refusal; what names an event of the group, which is not recorded, does not.
  ///
  /// - Parameter head: the last durable position.
  fileprivate func failing(with error: AppendError, head: UInt64) -> Self {
    let stands =
      switch self {
      case .success(let outcome): outcome.positions.allSatisfy { $0 <= head }
      case .failure(let refusal): refusal.position.map { $0 <= head } ?? true
      }
    return stands ? self : .failure(error)
  }
}
