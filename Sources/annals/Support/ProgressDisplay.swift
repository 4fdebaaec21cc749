import Presentation

/// Shows how far work has come, on a terminal at standard error; elsewhere it shows nothing.
struct ProgressDisplay {
  /// The line is written anew no more often than this.
  private static let interval = Duration.milliseconds(100)
  /// Carriage return, and ECMA-48 EL: erase to the end of the line.
  private static let lineStart = "\r\u{1B}[K"

  private let isShown: Bool
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?

  /// - Parameter isWanted: whether it is to be shown if there is a terminal.
  init(isWanted: Bool = true) {
    isShown = isWanted && Terminal.error.isTerminal
  }

  /// Shows `line`, unless another was shown just before.
  mutating func show(_ line: ProgressLine) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let last, now - last < Self.interval { return }
    last = now
    let elapsed = (now - start) / .seconds(1)
    Diagnostics.write(Self.lineStart + line.text(elapsed: elapsed, width: Terminal.error.width - 1))
  }

  /// Takes the line away, so that something else can be said; it may be shown again.
  mutating func clear() {
    guard last != nil else { return }
    last = nil
    Diagnostics.write(Self.lineStart)
  }
}
