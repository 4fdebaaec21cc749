import Threads

/// Counts work that goes on beside the event loops, so that the store is not closed under it.
final class BackgroundWork: Sendable {
  private let running = Monitor(0)

  func begin() {
    running.change { $0 += 1 }
  }

  func end() {
    running.change { $0 -= 1 }
  }

  /// Waits until none is running. Blocks the thread.
  func wait() {
    running.wait(until: { $0 == 0 }, then: { _ in })
  }

  /// How many are running.
  var count: Int { running.withLock { $0 } }
}
