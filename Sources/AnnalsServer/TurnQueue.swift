import NIOCore

/// The sessions of one event loop that have lines to begin, and take turns at it.
///
/// NIO (2.101) runs all tasks that are due, and those they add, before it looks at its sockets again, so sessions that
/// always had more to begin would keep others from being read at all. Here they go on after it has looked. Sessions with
/// little to begin go before those with much.
final class TurnQueue {
  /// What a session may take at a time, and what those with much to begin may take together before the sockets are
  /// looked at again.
  private static let (turn, round) = (TimeAmount.milliseconds(1), TimeAmount.milliseconds(2))
  /// So far ahead that the loop finds nothing due and looks at its sockets.
  private static let pause = TimeAmount.microseconds(20)

  private let loop: any EventLoop
  private var (light, heavy) = (CircularBuffer<Session>(), CircularBuffer<Session>())
  private var isArranged = false

  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  /// Arranges for a turn.
  ///
  /// - Parameter isHeavy: whether there is much to begin.
  func append(_ session: Session, isHeavy: Bool) {
    if isHeavy { heavy.append(session) } else { light.append(session) }
    guard !isArranged else { return }
    isArranged = true
    let bound = NIOLoopBound(self, eventLoop: loop)
    loop.execute { bound.value.run() }
  }

  private func run() {
    let end = NIODeadline.now() + Self.round
    while let session = light.popFirst() { session.takeTurn(until: NIODeadline.now() + Self.turn) }
    repeat {
      guard let session = heavy.popFirst() else { break }
      session.takeTurn(until: NIODeadline.now() + Self.turn)
    } while NIODeadline.now() < end
    isArranged = !light.isEmpty || !heavy.isEmpty
    guard isArranged else { return }
    let bound = NIOLoopBound(self, eventLoop: loop)
    loop.scheduleTask(in: Self.pause) { bound.value.run() }
  }
}
