/// When that which answers are made of last changed: what tells whether an answer given before still holds.
package struct ViewChanges: Sendable {
  /// The last position that is taken into account here.
  let known: UInt64
  /// The last position that may have changed what a name means.
  let names: UInt64
  /// By view, the last position that changed any of its rows.
  let views: [String: UInt64]

  /// Whether a question to these views, asked as of `first`, is surely answered alike as of `last`.
  package func areNone(in views: Set<String>, after first: UInt64, through last: UInt64) -> Bool {
    guard first <= last, last <= known, names <= first else { return false }
    return views.allSatisfy { self.views[$0].map { $0 <= first } ?? false }
  }
}

/// The views whose rows were looked at to answer a question. Used by one thread.
package final class ConsultedViews {
  /// Their names.
  package private(set) var names: Set<String> = []

  func insert(_ view: String) { names.insert(view) }
}
