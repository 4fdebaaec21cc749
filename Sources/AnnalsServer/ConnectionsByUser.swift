import Synchronization

/// How many connections each user has open.
final class ConnectionsByUser: Sendable {
  private let counts = Mutex<[UInt32: Int]>([:])

  /// Counts one more; gives how many the user has with it.
  func enter(_ uid: UInt32) -> Int {
    counts.withLock { counts in
      counts[uid, default: 0] += 1
      return counts[uid, default: 0]
    }
  }

  /// Counts one less. Nothing is kept of a user without connections.
  func leave(_ uid: UInt32) {
    counts.withLock { counts in
      guard let count = counts[uid] else { return }
      counts[uid] = count > 1 ? count - 1 : nil
    }
  }
}
