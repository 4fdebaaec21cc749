import Synchronization

/// A reply that is under way. Its value may be asked for by any number of tasks, at any time.
public final class PendingReply: Sendable {
  typealias Outcome = Result<Reply, ClientError>

  private enum State {
    case awaited([CheckedContinuation<Outcome, Never>])
    case complete(Outcome)
  }

  private let state = Mutex(State.awaited([]))

  init() {}

  /// The reply, as soon as it is complete. Cancelling the task that waits does not end its wait.
  public var value: Reply {
    get async throws(ClientError) { try await outcome.get() }
  }

  func complete(with outcome: Outcome) {
    let waiting = state.withLock { state in
      guard case .awaited(let waiting) = state else { preconditionFailure("a request gets one reply") }
      state = .complete(outcome)
      return waiting
    }
    for continuation in waiting { continuation.resume(returning: outcome) }
  }

  private var outcome: Outcome {
    get async {
      // A task that goes through replies already there must not suspend at each.
      if case .complete(let outcome) = state.withLock({ $0 }) { return outcome }
      return await withCheckedContinuation { continuation in
        let outcome: Outcome? = state.withLock { state in
          switch state {
          case .complete(let outcome): return outcome
          case .awaited(let waiting):
            state = .awaited(waiting + [continuation])
            return nil
          }
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    }
  }
}
