/// The layouts of the views: the one place to say how a new view is shown. A view without an entry is shown with the
/// members its rows have.
extension ViewLayout {
  /// Members behind a view's own that every row has.
  private static let common = ["claims", "attributors", "documents", "conflict"]

  /// The layout of a view.
  package static func of(_ view: String) -> ViewLayout {
    all.first { $0.view == view } ?? ViewLayout(view: view, columns: [], members: [])
  }

  /// The names of the views that have a layout, for completion in shells.
  package static var names: [String] { all.map(\.view) }

  private static let all = [timeline, meetings, visits, tradeVolume, treaties, entities]

  private static let when = Column("when") { $0.when }
  private static let conflict = Column("conflict") { $0.conflict }
  private static let attributors = Column.entities("attributors", "says")

  private static let timeline = ViewLayout(
    view: "timeline",
    columns: [
      when, .member("type"), .member("status"), .entities("parties"), .member("summary", fit: .cut), attributors,
      .member("claims", "event", aligned: .right, fit: .spare),
    ],
    members: ["key", "when", "earliest", "latest", "type", "status", "parties", "summary"] + common)

  private static let meetings = ViewLayout(
    view: "meetings",
    columns: [
      when, .member("medium"), .member("status"), .entities("parties"), .entities("place"), .quantity("duration"),
      .member("format", fit: .spare), .member("occasion", fit: .spare), .member("previous", fit: .spare), conflict,
      attributors,
    ],
    members: [
      "key", "parties", "medium", "status", "when", "earliest", "latest", "place", "duration", "format", "occasion",
      "topics",
    ] + common + ["previous"])

  private static let visits = ViewLayout(
    view: "visits",
    columns: [
      when, .entities("visitor"), .entities("host"), .entities("place"), .member("level", fit: .spare),
      .member("occasion", fit: .spare),
      .member("status"), .member("plan", fit: .spare), conflict, attributors,
    ],
    members: [
      "key", "visitor", "host", "place", "level", "occasion", "status", "when", "earliest", "latest", "plan", "outcome",
    ] + common)

  private static let tradeVolume = ViewLayout(
    view: "trade-volume",
    columns: [
      .member("period"), .member("flow"),
      Column("between", fit: .cut, entities: ["between", "reporter", "partner"], sides),
      .member("commodity", fit: .cut),
      Column("amount", aligned: .right) { row in
        let amount = row.quantity("amount")
        return !amount.isEmpty && row.row["measure"]?.equals("derived") == true ? "\(amount) derived" : amount
      },
      .quantity("percent", .change), .member("base", "against", fit: .spare), .member("coverage", fit: .spare),
      conflict,
      .entities("speaker", "says"),
    ],
    members: [
      "key", "speaker", "reporter", "partner", "between", "flow", "commodity", "measure", "period", "earliest",
      "latest",
      "coverage", "amount", "percent", "base", "implied", "vintage",
    ] + common)

  private static let treaties = ViewLayout(
    view: "treaties",
    columns: [
      .entities("treaty"), .entities("parties"), .member("state"), .member("proposed", fit: .spare),
      .member("signed", fit: .spare),
      .member("ratified", fit: .spare), .member("in_force", "in force", fit: .spare), .member("extended", fit: .spare),
      .member("suspended", fit: .spare),
      .member("withdrawn", fit: .spare), .member("expires"), Column("next", fit: .spare, next), conflict,
    ],
    members: [
      "key", "treaty", "parties", "proposed", "signed", "ratified", "in_force", "extended", "suspended", "withdrawn",
      "expires", "actions",
    ] + common + ["state", "next", "days_to_next"])

  private static let entities = ViewLayout(
    view: "entities",
    columns: [
      .member("entity"), .member("kind"), .member("label", fit: .cut), Column("names", fit: .cut, forms),
      .member("wikidata", fit: .spare), conflict,
    ],
    members: ["key", "entity", "kind", "label", "names", "wikidata", "iso3"] + common)

  /// Whose book a figure is from, or the two sides.
  @Sendable private static func sides(_ row: RowReader) -> String {
    let reporter = row.entities("reporter")
    return reporter.isEmpty ? row.entities("between") : "\(reporter) → \(row.entities("partner"))"
  }

  /// The next date of a treaty, and how many days are left until then.
  @Sendable private static func next(_ row: RowReader) -> String {
    let next = row.text("next")
    guard !next.isEmpty, let days = row.row["days_to_next"] else { return next }
    let count =
      days.kind == .array ? days.elements.map { RowReader.text($0) }.joined(separator: "–") : RowReader.text(days)
    return "\(next) (in \(count) d)"
  }

  /// The first name in each language but the label's.
  @Sendable private static func forms(_ row: RowReader) -> String {
    guard let names = row.row["names"] else { return "" }
    let label = row.text("label")
    return names.members.compactMap { language in
      guard let form = language.value.elements.first(where: { _ in true })?.string, form != label else { return nil }
      return "\(language.name) \(form)"
    }.joined(separator: ", ")
  }
}
