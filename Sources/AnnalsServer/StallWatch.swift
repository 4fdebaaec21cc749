import NIOCore

/// Finds that what waits has not moved for a time. Touched only on its event loop.
///
/// It looks a few times within that time, and not at each movement, so that a busy connection pays nothing for it. It may
/// therefore find out late, by half the time at the most, and never early.
final class StallWatch {
  /// Looks within the limit.
  private static let looks: Int64 = 4

  private let limit: TimeAmount
  private let loop: any EventLoop
  private let progress: () -> Int?
  private let stalled: () -> Void
  private var next: Scheduled<Void>?
  private var seen: Int?
  private var since = NIODeadline.distantPast

  /// - Parameters:
  ///   - limit: how long nothing may move.
  ///   - progress: a number that is another once something has moved; nil while nothing waits.
  ///   - stalled: called once nothing has moved for so long.
  init(
    _ limit: TimeAmount, on loop: any EventLoop, progress: @escaping () -> Int?, stalled: @escaping () -> Void
  ) {
    self.limit = limit
    self.loop = loop
    self.progress = progress
    self.stalled = stalled
  }

  /// Watches until nothing waits any more; to be called whenever something may have begun to wait.
  func start() {
    guard next == nil else { return }
    seen = nil
    since = .now()
    lookLater()
  }

  /// Watches no more.
  func stop() {
    next?.cancel()
    next = nil
  }

  private func lookLater() {
    let bound = NIOLoopBound(self, eventLoop: loop)
    next = loop.scheduleTask(in: .nanoseconds(max(1, limit.nanoseconds / Self.looks))) { bound.value.look() }
  }

  private func look() {
    next = nil
    guard let now = progress() else { return }
    if now != seen {
      seen = now
      since = .now()
    } else if NIODeadline.now() - since >= limit {
      return stalled()
    }
    lookLater()
  }
}
