import Presentation

/// Shows how far work on a store has come.
struct StoreProgress {
  private var display: ProgressDisplay
  private var line = ProgressLine()

  init(isWanted: Bool) {
    display = ProgressDisplay(isWanted: isWanted)
  }

  /// Shows that all positions up to `position` of `last` are done.
  mutating func show(_ position: UInt64, of last: UInt64) {
    line.events = position
    line.allEvents = last
    display.show(line)
  }

  mutating func clear() {
    display.clear()
  }
}
