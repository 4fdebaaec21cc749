import Synchronization

/// Counts calls, from any thread, until a number is used up.
final class Countdown: Sendable {
  private let left: Atomic<Int>

  init(_ count: Int) {
    left = Atomic(count)
  }

  /// Whether so many calls have been made before this one.
  var isSpent: Bool { left.subtract(1, ordering: .relaxed).newValue < 0 }
}
