/// The layouts of the views: the one place to say how a new view is shown. A view without an entry is shown with the
/// members its rows have.
extension ViewLayout {
  /// The layout of a view.
  package static func of(_ view: String) -> ViewLayout {
    all.first { $0.view == view } ?? ViewLayout(view: view, columns: [], members: [])
  }

  /// The names of the views that have a layout, for completion in shells.
  package static var names: [String] { all.map(\.view) }

  private static let all = [
    timeline, meetings, visits, gatherings, tradeVolume, tradeTargets, treaties, exercises, energy, sanctions,
    statements, pledges, tallies, entities, documents, sources, disputes, unresolved,
  ]

  /// Members behind a view's own that every row has.
  static let common = ["claims", "attributors", "documents", "conflict"]
}

extension ViewLayout.Column {
  /// When it was, or is to be.
  static let when = Self("when") { $0.when }
  /// How far claims differ.
  static let conflict = Self("conflict") { $0.conflict }
  /// Who says so.
  static let attributors = Self.entities("attributors", "says")
  /// How many other rows may tell of the same; nothing where none does.
  static let twins = Self("twins", aligned: .right, fit: .spare) { $0.count("twins") }
  /// Whose book a figure is from, or the two sides.
  static let sides = Self("between", fit: .cut, entities: ["between", "reporter", "partner"]) { row in
    let reporter = row.entities("reporter")
    return reporter.isEmpty ? row.entities("between") : "\(reporter) → \(row.entities("partner"))"
  }
}
