/// Layouts of the views of what the record rests on, and of what is open in it.
extension ViewLayout {
  static let entities = ViewLayout(
    view: "entities",
    columns: [
      .member("entity"), .member("kind"), .member("label", fit: .cut), Column("names", fit: .cut, forms),
      .member("wikidata", fit: .spare), .conflict,
    ],
    members: ["key", "entity", "kind", "label", "names", "wikidata", "iso3"] + common)

  static let documents = ViewLayout(
    view: "documents",
    columns: [
      .member("document"), .entities("publisher"), .member("title", fit: .cut), .member("lang"),
      Column("published") { row in
        let published = row.text("published")
        return published.isEmpty ? "undated" : published
      },
      .member("basis"), Column("corrected", aligned: .right, fit: .spare) { $0.count("corrections") },
      Column("url", fit: .spare) { $0.text("url") },
    ],
    members: [
      "key", "document", "publisher", "title", "url", "lang", "published", "basis", "earliest", "latest", "sha256",
    ] + common)

  static let sources = ViewLayout(
    view: "sources",
    columns: [.entities("source")]
      + counters.map { .member($0, $0 == "possibly_fulfilled" ? "possibly" : $0, aligned: .right) },
    members: ["key", "source"] + counters + common)

  /// What is counted of a source.
  private static let counters = [
    "made", "standing", "corrected", "retracted", "plans", "fulfilled", "possibly_fulfilled", "ended",
  ]

  static let disputes = ViewLayout(
    view: "disputes",
    columns: [
      Column("class") { $0.difference("class") }, .member("view"), .when, .entities("parties"), .member("column"),
      Column("values", fit: .cut, entities: ["attributors"], values),
    ],
    members: ["key", "view", "row", "column", "class", "parties", "when", "values"] + common)

  static let unresolved = ViewLayout(
    view: "unresolved",
    columns: [
      .member("why"), .member("what", fit: .cut), Column("candidates", fit: .cut, candidates),
      .member("detail", fit: .cut), .member("type", fit: .spare), .member("document"),
      .member("claim", "event", aligned: .right),
    ],
    members: ["key", "claim", "why", "what", "detail", "type", "document"] + common + ["candidates"])

  /// The first name in each language but the label's.
  @Sendable private static func forms(_ row: RowReader) -> String {
    guard let names = row.row["names"] else { return "" }
    let label = row.text("label")
    return names.members.compactMap { language in
      guard let form = language.value.elements.first(where: { _ in true })?.string, form != label else { return nil }
      return "\(language.name) \(form)"
    }.joined(separator: ", ")
  }

  /// The values on which claims differ, each with who gave it.
  @Sendable private static func values(_ row: RowReader) -> String {
    (row.row["values"]?.elements.map(\.self) ?? []).map { claimed in
      let says = claimed["attributors"]?.elements.map { row.label($0) }.joined(separator: ", ") ?? ""
      return row.label(claimed["value"]) + (says.isEmpty ? "" : " (\(says))")
    }.joined(separator: " / ")
  }

  /// Who may be meant by a name, or what is to be told apart.
  @Sendable private static func candidates(_ row: RowReader) -> String {
    (row.row["candidates"]?.elements.map(\.self) ?? []).map { candidate in
      let (id, label) = (RowReader.text(candidate["entity"]), RowReader.text(candidate["label"]))
      return label.isEmpty || label == id ? id : "\(label) (\(id))"
    }.joined(separator: ", ")
  }
}
