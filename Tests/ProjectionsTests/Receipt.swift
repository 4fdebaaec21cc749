import EventLog
import Threads

/// Waits for the outcome of one append.
final class Receipt: AppendReceiver {
  private let outcome = Monitor<Result<AppendOutcome, AppendError>?>(nil)

  func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    outcome.change { $0 = outcomes[0].outcome }
  }

  func wait() throws(AppendError) -> AppendOutcome {
    try outcome.wait(until: { $0 != nil }, then: { $0! }).get()
  }
}
