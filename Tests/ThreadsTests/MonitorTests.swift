import Testing

@testable import Threads

@Suite struct MonitorTests {
  @Test func a_waiting_thread_goes_on_once_the_state_is_as_it_wants() {
    let monitor = Monitor(0)
    let thread = OSThread {
      for _ in 0..<1_000 { monitor.change { $0 += 1 } }
    }
    let seen = monitor.wait(until: { $0 == 1_000 }, then: { $0 })
    thread.join()
    #expect(seen == 1_000)
  }

  @Test func changes_from_several_threads_are_all_kept() {
    let monitor = Monitor(0)
    let threads = (0..<4).map { number in
      OSThread {
        for _ in 0..<500 { monitor.withLock { $0 += 1 } }
      }
    }
    for thread in threads { thread.join() }
    #expect(monitor.withLock { $0 } == 2_000)
  }

  @Test func a_wait_with_a_limit_ends_by_the_limit_or_by_the_state() {
    let monitor = Monitor(0)
    let began = ContinuousClock.now
    monitor.wait(atMost: .milliseconds(20), until: { $0 == 1 })
    #expect(ContinuousClock.now - began >= .milliseconds(20))
    let thread = OSThread { monitor.change { $0 = 1 } }
    // Longer than any test may run, so that only the state can end it.
    monitor.wait(atMost: .seconds(86_400), until: { $0 == 1 })
    thread.join()
    #expect(monitor.withLock { $0 } == 1)
  }

  @Test func a_thread_that_nobody_joins_runs_to_its_end() {
    let monitor = Monitor(0)
    for _ in 0..<50 { _ = OSThread { monitor.change { $0 += 1 } } }
    #expect(monitor.wait(until: { $0 == 50 }, then: { $0 }) == 50)
  }
}
