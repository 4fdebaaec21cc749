import LMDB

/// One generation of a view that follows the log: what the applying thread keeps of it between events.
///
/// A class, because every event passes all views, and a view is not to be copied for it.
final class FollowedView {
  let projector: any Projector
  /// The same projector where it counts.
  let counter: (any CountingProjector)?
  let table: ViewTable
  var state: ViewState
  /// The last position that changed any row; what came before the view was opened counts as one change.
  var lastChange: UInt64
  /// Whether ``state`` is to be stored.
  var isDirty = false
  /// The views whose rows this one's rest on.
  fileprivate(set) var upstream: [FollowedView] = []
  /// Whether rows of another view rest on this one's.
  fileprivate(set) var isUpstream = false
  /// What the event last folded came to, for the views that rest on this one.
  var changes: [RowChange] = []
  /// Counts as they stand, of groups that changed lately.
  var counts = CountCache()

  /// - Parameter position: the last one that the view may have taken in.
  init(_ projector: any Projector, _ state: ViewState, _ table: Table, openedAt position: UInt64) {
    self.projector = projector
    self.state = state
    lastChange = position
    counter = projector as? any CountingProjector
    self.table = ViewTable(view: projector.name, table: table, pairs: projector.indexesPairs)
  }

  /// Stops the view: its rows are those of the position before.
  func stop(before position: UInt64, because reason: String) {
    state.condition = .stopped
    state.frozenAt = position - 1
    state.error = "at position \(position): \(reason)"
    isDirty = true
    lastChange = position
    changes = []
  }
}

/// Views that follow the log together, each behind those it rests on.
struct ViewSet {
  let views: [FollowedView]
  /// Their tables by name.
  let tables: [String: ViewTable]

  init(_ views: [FollowedView]) {
    self.views = views
    tables = Dictionary(uniqueKeysWithValues: views.map { ($0.projector.name, $0.table) })
    for view in views {
      view.upstream = views.filter { view.projector.upstream.contains($0.projector.name) }
      for other in view.upstream { other.isUpstream = true }
    }
  }
}
