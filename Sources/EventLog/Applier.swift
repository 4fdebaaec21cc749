import Claims
import Files
import Glibc
import LMDB
import Merkle
import Threads
import WriteAheadLog

/// Takes durable events into LMDB, views and all, on the one thread that writes there.
final class Applier: Sendable {
  private struct State {
    var queue: [DurableEvent] = []
    var queuedBytes = 0
    var applied: UInt64 = 0
    /// The write-ahead log this environment belongs to, to be noted with the first transaction.
    var logID: String?
    var subscribers: [UInt64: @Sendable () -> Void] = [:]
    var lastSubscriber: UInt64 = 0
    var waiters: [(position: UInt64, wake: @Sendable (EventLogError?) -> Void)] = []
    var failure: EventLogError?
    /// Why nothing is applied for the time being; it is tried again and again.
    var shortage: EventLogError?
    var isStopping = false
    /// When what is still queued is left to the next start.
    var leaveAt: ContinuousClock.Instant?
    var hasEnded = false
  }

  /// What the thread found when it started.
  struct Opened: Sendable {
    let tables: LogTables
    let applied: UInt64
    let logID: String?
  }

  /// So many events are not waited with for more.
  private static let gathered = 64

  private let state = Monitor(State())
  private let environment: Environment
  private let observer: any LogObserver
  private let options: EventLogOptions
  private let thread = Monitor<OSThread?>(nil)

  /// Microseconds after which it is tried again whether there is room.
  private static let pauseWithoutRoom: UInt32 = 200_000

  init(_ environment: Environment, observer: any LogObserver, options: EventLogOptions) {
    self.environment = environment
    self.observer = observer
    self.options = options
  }

  /// Starts the thread, which becomes the environment's writer, and opens the tables.
  func start() throws(EventLogError) -> Opened {
    let opened = Monitor<Result<Opened, EventLogError>?>(nil)
    thread.withLock { thread in
      thread = OSThread { [self] in
        let writer: Writer
        do throws(EventLogError) {
          do throws(LMDBError) { writer = try environment.makeWriter() } catch { throw EventLogError.lmdb(error) }
          let tables = try LogTables(writer)
          let (applied, logID, frontier) = try environment.read { transaction throws(EventLogError) in
            let applied = try tables.applied(transaction)
            return (applied, try tables.logID(transaction), try tables.frontier(size: applied, transaction))
          }
          try observer.prepare(writer, tables: tables)
          state.withLock { $0.applied = applied }
          opened.change { $0 = .success(Opened(tables: tables, applied: applied, logID: logID)) }
          run(writer, tables, frontier)
        } catch {
          opened.change { $0 = .failure(error) }
        }
        state.change { $0.hasEnded = true }
      }
    }
    do throws(EventLogError) { return try opened.wait(until: { $0 != nil }, then: { $0! }).get() } catch {
      // The environment is let go with the thread, and may be opened again at once.
      stop()
      throw error
    }
  }

  /// Says which write-ahead log the environment belongs to. Before anything is applied.
  func begin(logID: String) {
    state.withLock { $0.logID = logID }
  }

  /// Calls `wake` after each commit, and when applying stops by a failure, until the subscription is let go.
  func subscribe(_ wake: @escaping @Sendable () -> Void) -> Subscription {
    let number = state.withLock { state -> UInt64 in
      state.lastSubscriber += 1
      state.subscribers[state.lastSubscriber] = wake
      return state.lastSubscriber
    }
    return Subscription { [weak self] in self?.state.withLock { $0.subscribers[number] = nil } }
  }

  /// The last position applied.
  var applied: UInt64 { state.withLock { $0.applied } }

  /// Why applying stopped; nil while it goes on.
  var failure: EventLogError? { state.withLock { $0.failure } }

  /// Whether the backlog has room for who appends much.
  var hasRoom: Bool {
    state.withLock { $0.queuedBytes < options.crowdedBytes || $0.failure != nil || $0.shortage != nil }
  }

  /// Why nothing is applied until there is room; nil while there is.
  var shortage: EventLogError? { state.withLock { $0.shortage } }

  /// Hands on durable events, in order. Waits while the backlog is full.
  func apply(_ events: [DurableEvent]) {
    let bytes = events.reduce(0) { $0 + $1.line.count }
    let limit = options.backlogBytes
    state.wait(until: { $0.queuedBytes < limit || $0.failure != nil || $0.shortage != nil }, then: { _ in })
    let isWorthWaking = state.withLock { state in
      // After a failure the events stay in the write-ahead log, from which the next start applies them.
      guard state.failure == nil else { return false }
      defer {
        state.queue.append(contentsOf: events)
        state.queuedBytes += bytes
      }
      return state.queue.isEmpty || state.queue.count + events.count >= Self.gathered
    }
    // Between those two the thread gathers, and looks by itself in a moment.
    if isWorthWaking { state.change { _ in } }
  }

  /// Calls `wake` once `position` is applied, from the applying thread or, where it is already, at once; with an error if
  /// it never will be, or not before there is room.
  func whenApplied(_ position: UInt64, _ wake: @escaping @Sendable (EventLogError?) -> Void) {
    let (isApplied, failure) = state.change { state -> (Bool, EventLogError?) in
      if state.applied >= position { return (true, nil) }
      if let failure = state.failure ?? state.shortage { return (true, failure) }
      state.waiters.append((position, wake))
      return (false, nil)
    }
    if isApplied { wake(failure) }
  }

  /// Leaves what is queued after `duration` to the next start, and takes in nothing more.
  func leave(after duration: Duration) {
    state.change { $0.leaveAt = $0.leaveAt ?? .now + duration }
  }

  /// Applies what is queued, unless it is left, and ends the thread.
  func stop() {
    state.change { $0.isStopping = true }
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }

  private func run(_ writer: Writer, _ tables: LogTables, _ frontier: Frontier) {
    var frontier = frontier
    // Fewer where there was no room for more, so that a little room takes in something.
    var most = options.eventsPerTransaction
    var hasBackgroundWork = true
    while true {
      let idle = !hasBackgroundWork
      if idle { gather() }
      let (events, isStopping) = state.wait(
        until: { !$0.queue.isEmpty || $0.isStopping || !idle },
        then: { state in
          (Array(state.queue.prefix(options.eventsPerTransaction)), state.isStopping)
        })
      do throws(EventLogError) {
        if !events.isEmpty, let leaveAt = state.withLock({ $0.leaveAt }), leaveAt <= .now { throw .closing }
        if !events.isEmpty {
          let applied = try whenThereIsRoom(writer, tables) { () throws(EventLogError) in
            do throws(EventLogError) { return try apply(events.prefix(most), writer, tables, &frontier) } catch {
              if error.isWantOfRoom { most = max(1, min(most, events.count) / 2) }
              throw error
            }
          }
          publish(applied)
          most = min(2 * most, options.eventsPerTransaction)
        } else if isStopping {
          return
        }
        guard !isStopping else { continue }
        hasBackgroundWork = try whenThereIsRoom(writer, tables) { () throws(EventLogError) in
          try observer.workInBackground(writer)
        }
      } catch {
        fail(error)
        return
      }
    }
  }

  /// Waits a moment for more to apply once there is something, unless somebody waits for it: a commit of one event costs
  /// as much as one of ten, and takes the medium from the log's syncs.
  private func gather() {
    state.wait(until: { !$0.queue.isEmpty || $0.isStopping }, then: { _ in })
    state.wait(atMost: options.gathering) {
      $0.queue.count >= Self.gathered || !$0.waiters.isEmpty || $0.isStopping || $0.leaveAt != nil
    }
  }

  /// Does what commits to LMDB; where there is no room for it, again until there is or the log is closed. What is durable
  /// in the write-ahead log is not given up for want of room, and readers keep what they have.
  private func whenThereIsRoom<Result>(
    _ writer: Writer, _ tables: LogTables, _ body: () throws(EventLogError) -> Result
  ) throws(EventLogError) -> Result {
    var isFirst = true
    while true {
      do throws(EventLogError) {
        // The observer has let go of what it had in the transaction that failed.
        if !isFirst { try observer.prepare(writer, tables: tables) }
        let result = try body()
        state.change { $0.shortage = nil }
        return result
      } catch {
        guard error.isWantOfRoom, !tell(shortage: error) else { throw error }
        try storing { () throws(LMDBError) in try environment.setSyncsMeta(true) }
        isFirst = false
        usleep(Self.pauseWithoutRoom)
      }
    }
  }

  /// Tells those who wait that there is no room.
  ///
  /// - Returns: whether the log is being closed.
  private func tell(shortage error: EventLogError) -> Bool {
    let (woken, subscribers, isStopping) = state.change { state in
      state.shortage = error
      defer { state.waiters = [] }
      return (state.waiters, Array(state.subscribers.values), state.isStopping)
    }
    for waiter in woken { waiter.wake(error) }
    for wake in subscribers { wake() }
    return isStopping
  }

  /// Stores events and their views in one transaction, as many as its time suffices for, and gives those it took.
  private func apply(
    _ events: ArraySlice<DurableEvent>, _ writer: Writer, _ tables: LogTables, _ frontier: inout Frontier
  ) throws(EventLogError) -> ArraySlice<DurableEvent> {
    let end = ContinuousClock.now + options.transactionTime
    var count = 0
    KillPoint.beforeApply.pass()
    let frontierBefore = frontier
    do throws(EventLogError) {
      try writer.write { (transaction: inout WriteTransaction) throws(EventLogError) in
        repeat {
          try tables.store(events[count], in: &frontier, &transaction)
          try observer.apply(events[count], &transaction)
          count += 1
        } while count < events.count && ContinuousClock.now < end
        try observer.willCommit(&transaction)
        let logID = state.withLock { $0.logID }
        do throws(LMDBError) {
          if let logID { try tables.bind(to: logID, &transaction) }
          try tables.setApplied(events[count - 1].position, &transaction)
        } catch { throw .lmdb(error) }
        KillPoint.beforeCommit.pass()
      }
    } catch {
      observer.didEnd(committed: nil)
      frontier = frontierBefore
      throw error
    }
    // Roots that an earlier process left, or a sync that failed, may have been in memory only; these are durable.
    try storing { () throws(LMDBError) in try environment.setSyncsMeta(false) }
    KillPoint.afterCommit.pass()
    state.withLock { $0.logID = nil }
    observer.didEnd(committed: events[count - 1].position)
    return events[..<count]
  }

  /// Tells of events that are committed, which stand at the front of the queue.
  private func publish(_ events: ArraySlice<DurableEvent>) {
    let bytes = events.reduce(0) { $0 + $1.line.count }
    let (woken, subscribers) = state.change { state in
      let position = state.applied + UInt64(events.count)
      state.applied = position
      state.queue.removeFirst(events.count)
      state.queuedBytes -= bytes
      let woken = state.waiters.filter { $0.position <= position }
      state.waiters.removeAll { $0.position <= position }
      return (woken, Array(state.subscribers.values))
    }
    for waiter in woken { waiter.wake(nil) }
    for wake in subscribers { wake() }
  }

  private func fail(_ error: EventLogError) {
    let (woken, subscribers) = state.change { state in
      state.failure = error
      state.queue = []
      defer { state.waiters = [] }
      return (state.waiters, Array(state.subscribers.values))
    }
    for waiter in woken { waiter.wake(error) }
    for wake in subscribers { wake() }
  }
}

/// A wish to be told of what is applied, for as long as this is kept.
package final class Subscription: Sendable {
  private let cancel: @Sendable () -> Void

  init(_ cancel: @escaping @Sendable () -> Void) {
    self.cancel = cancel
  }

  deinit {
    cancel()
  }
}
