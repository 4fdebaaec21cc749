import EventLog
import Threads

/// Gathers the outcomes of appends.
final class Outcomes: AppendReceiver {
  typealias Told = (token: UInt64, outcome: Result<AppendOutcome, AppendError>)

  private let received = Monitor<[Told]>([])

  func appended(_ outcomes: [Told]) { received.change { $0 += outcomes } }

  /// What came, once there are so many, in the order it came.
  func wait(for count: Int) -> [Told] { received.wait(until: { $0.count >= count }, then: { $0 }) }
}

/// Holds up the recording thread while it tells an outcome, so that what is submitted meanwhile becomes one group.
final class Plug: AppendReceiver {
  private struct State {
    var isReached = false
    var isReleased = false
  }

  private let state = Monitor(State())

  func appended(_ outcomes: [Outcomes.Told]) {
    state.change { $0.isReached = true }
    state.wait(until: { $0.isReleased }, then: { _ in })
  }

  /// Waits until the recording thread stands still.
  func waitUntilReached() { state.wait(until: { $0.isReached }, then: { _ in }) }

  /// Lets it go on.
  func release() { state.change { $0.isReleased = true } }
}
