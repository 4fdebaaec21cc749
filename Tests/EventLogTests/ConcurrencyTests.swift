import EventLog
import Synchronization
import Testing
import Threads

/// Many threads that append at once, and appends that come faster than they are applied.
@Suite struct ConcurrencyTests {
  let fixture = LogFixture()

  @Test func every_event_of_many_threads_is_acknowledged_once_and_in_order() throws {
    let (threads, each) = (6, 80)
    let receivers = (0..<threads).map { _ in Outcomes() }
    try fixture.withLog { log throws in
      let running = receivers.enumerated().map { number, receiver in
        OSThread {
          for token in 0..<each {
            let ids = ["\(number)-\(token)-x", "\(number)-\(token)-y"]
            guard let batch = try? AppendBatch(ids.map { Sample.name($0, subject: "\(number)") }) else { return }
            log.append(batch, token: UInt64(token), to: receiver)
          }
        }
      }
      for thread in running { thread.join() }
      var positions: [UInt64] = []
      for receiver in receivers {
        let told = receiver.wait(for: each)
        #expect(told.map(\.token) == (0..<UInt64(each)).map { $0 })
        let own = try told.flatMap { try $0.outcome.get().positions }
        #expect(own == own.sorted())
        positions += own
      }
      #expect(positions.sorted() == Array(1...UInt64(threads * each * 2)))
      let lines = try log.lines()
      for (number, receiver) in receivers.enumerated() {
        for told in receiver.wait(for: each) {
          let place = Int(try told.outcome.get().positions[0])
          #expect(lines[place - 1].contains(#""id":"\#(number)-\#(told.token)-x""#))
          #expect(lines[place].contains(#""id":"\#(number)-\#(told.token)-y""#))
        }
      }
    }
  }

  @Test func the_same_event_from_many_threads_is_recorded_once() throws {
    let threads = 6
    let receivers = (0..<threads).map { _ in Outcomes() }
    try fixture.withLog { log throws in
      let running = receivers.map { receiver in
        OSThread {
          for token in 0..<40 {
            guard let batch = try? AppendBatch([Sample.name("\(token)")]) else { return }
            log.append(batch, token: UInt64(token), to: receiver)
          }
        }
      }
      for thread in running { thread.join() }
      let answers = try receivers.map { try $0.wait(for: 40).map { try $0.outcome.get() } }
      for token in 0..<40 {
        #expect(Set(answers.map { $0[token].positions }).count == 1)
        #expect(answers.map { $0[token].duplicates }.reduce(0, +) == threads - 1)
      }
      #expect(log.head == 40)
    }
  }

  @Test func a_full_backlog_makes_appends_wait() throws {
    fixture.options.backlogBytes = 1
    fixture.options.crowdedBytes = 1
    fixture.options.groupBytes = 1
    let observer = Watcher()
    try fixture.withLog(observer) { log throws in
      let furthest = Mutex<UInt64>(0)
      // With one byte of backlog, one event waits to be applied, and one more is durable and waits to be handed on.
      observer.onApply { [unowned log] position in
        let ahead = log.head - min(log.head, position)
        furthest.withLock { $0 = max($0, ahead) }
      }
      observer.hold()
      let outcomes = Outcomes()
      for token in 0..<UInt64(100) {
        log.append(try AppendBatch([Sample.name("\(token)")]), token: token, to: outcomes)
      }
      #expect(outcomes.wait(for: 2).count == 2)
      observer.release()
      #expect(outcomes.wait(for: 100).map(\.token) == Array(0..<100))
      try log.waitUntilApplied(100)
      #expect(furthest.withLock { $0 } <= 1)
    }
  }

  @Test func what_waits_when_the_log_closes_is_recorded_first() throws {
    let log = try fixture.open()
    let outcomes = Outcomes()
    for token in 0..<UInt64(50) {
      log.append(try AppendBatch([Sample.name("\(token)")]), token: token, to: outcomes)
    }
    try log.close()
    #expect(outcomes.wait(for: 50).allSatisfy { (try? $0.outcome.get()) != nil })
    try fixture.withLog { log throws in
      #expect(log.opening.appliedBefore == 50)
      #expect(try log.lines().count == 50)
    }
  }

  @Test func what_closing_has_no_time_to_apply_is_applied_by_the_next_start() throws {
    fixture.options.closing = .zero
    fixture.options.eventsPerTransaction = 1
    let watcher = Watcher()
    let log = try fixture.open(watcher)
    let recorded = Monitor<UInt64>(2)
    let isApplying = Monitor(false)
    watcher.onApply { [unowned log] _ in
      isApplying.change { $0 = true }
      // The first is not let through before the log refuses to take more, which it does once it is closing.
      while case .recorded(let positions, _)? = try? log.append(Sample.name("x\(log.head)")) {
        recorded.withLock { $0 = positions[0] }
      }
    }
    let outcomes = Outcomes()
    for token in 0..<UInt64(2) {
      log.append(try AppendBatch([Sample.name("\(token)")]), token: token, to: outcomes)
    }
    _ = outcomes.wait(for: 2)
    isApplying.wait(until: { $0 }, then: { _ in })
    try log.close()
    try fixture.withLog { log throws in
      #expect(log.opening.appliedBefore == 1)
      #expect(log.head == recorded.withLock { $0 })
      #expect(try log.lines().count == Int(log.head))
    }
  }

  @Test func subscribers_are_told_of_each_commit_until_they_let_go() throws {
    try fixture.withLog { log throws in
      let seen = Monitor<UInt64>(0)
      var subscription: Subscription? = log.subscribe { [unowned log] in
        let applied = log.applied
        seen.change { $0 = max($0, applied) }
      }
      _ = try log.append(Sample.name("a"), Sample.name("b"))
      #expect(seen.wait(until: { $0 >= 2 }, then: { $0 }) == 2)
      withExtendedLifetime(subscription) {}
      subscription = nil
      _ = try log.append(Sample.name("c"))
      try log.waitUntilApplied(3)
      #expect(seen.withLock { $0 } == 2)
    }
  }

  @Test func a_wait_for_what_is_applied_already_is_over_at_once() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a"))
      try log.waitUntilApplied(1)
      let isTold = Mutex(false)
      log.whenApplied(1) { error in isTold.withLock { $0 = error == nil } }
      #expect(isTold.withLock { $0 })
    }
  }
}
