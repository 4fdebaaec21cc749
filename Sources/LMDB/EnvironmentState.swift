/// What changes in an open environment, kept behind its lock.
struct EnvironmentState: Sendable {
  /// The tables that exist and were committed, by name.
  var tables: [String: Table]
  /// Every reader slot made so far; they live until the environment closes.
  var slots: [ReadSlot] = []
  /// The slots that no one holds.
  var idleSlots: [ReadSlot] = []
  /// Whether a ``Writer`` lives.
  var hasWriter = false
  /// Copies, syncs, checks and the like that are using the handle now.
  var operationsInProgress = 0
  /// Set when closing begins, and for good once closed.
  var isClosing: Bool

  init(tables: [String: Table], isClosing: Bool = false) {
    self.tables = tables
    self.isClosing = isClosing
  }
}
