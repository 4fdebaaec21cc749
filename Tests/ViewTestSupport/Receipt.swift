import EventLog
import Threads

/// Waits for the outcome of one append.
package final class Receipt: AppendReceiver {
  private let outcome = Monitor<Result<AppendOutcome, AppendError>?>(nil)

  package init() {}

  package func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    outcome.change { $0 = outcomes[0].outcome }
  }

  package func wait() throws(AppendError) -> AppendOutcome {
    try outcome.wait(until: { $0 != nil }, then: { $0! }).get()
  }
}
