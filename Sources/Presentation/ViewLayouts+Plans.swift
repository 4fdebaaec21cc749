/// Layouts of the views whose rows are judged: on the day asked for, or by the record.
extension ViewLayout {
  static let treaties = ViewLayout(
    view: "treaties",
    columns: [
      .entities("treaty"), .entities("parties"), .member("state"), .member("proposed", fit: .spare),
      .member("signed", fit: .spare),
      .member("ratified", fit: .spare), .member("in_force", "in force", fit: .spare), .member("extended", fit: .spare),
      .member("suspended", fit: .spare),
      .member("withdrawn", fit: .spare), .member("expires"), .member("planned", fit: .spare),
      Column("next", fit: .spare, next), .conflict,
    ],
    members: [
      "key", "treaty", "parties", "proposed", "signed", "ratified", "in_force", "extended", "suspended", "withdrawn",
      "expires", "planned",
    ] + common + ["state", "next", "days_to_next"])

  static let pledges = ViewLayout(
    view: "pledges",
    columns: [
      Column("due") { row in
        let due = row.text("due")
        return due.isEmpty ? "undated" : due
      },
      .member("kind"), .entities("promisor"), .entities("beneficiary"), .entities("place"),
      .member("occasion", fit: .spare), .quantity("amount"), .member("state"),
      .member("days_over", "days over", aligned: .right), Column("fulfilled by", fit: .cut, fulfilments),
      .entities("announced_by", "says"),
    ],
    members: [
      "key", "kind", "promisor", "beneficiary", "due", "earliest", "latest", "status", "place", "occasion", "amount",
      "ended", "announced_by", "fulfilled_by",
    ] + common + ["state", "days_over"])

  static let tallies = ViewLayout(
    view: "tallies",
    columns: [
      .when, .member("tally"), Column("of", fit: .cut, question), .member("claimed", aligned: .right),
      .member("matched", aligned: .right), .member("planned", aligned: .right, fit: .spare),
      .member("found", fit: .spare), .member("state"), .member("reason", fit: .cut), .attributors,
    ],
    members: [
      "key", "tally", "view", "filters", "claimed", "when", "earliest", "latest",
    ] + common + ["matched", "planned", "coverage", "found", "counterexamples", "state"])

  /// The next date of a treaty, and how many days are left until then.
  @Sendable private static func next(_ row: RowReader) -> String {
    let next = row.text("next")
    guard !next.isEmpty, let days = row.row["days_to_next"] else { return next }
    let count =
      days.kind == .array ? days.elements.map { RowReader.text($0) }.joined(separator: "–") : RowReader.text(days)
    return "\(next) (in \(count) d)"
  }

  /// The rows that fulfil a pledge or may do so, each as its view and date.
  @Sendable private static func fulfilments(_ row: RowReader) -> String {
    (row.row["fulfilled_by"]?.elements.map(\.self) ?? []).map { way in
      let date = [RowReader.text(way["view"]), RowReader.text(way["when"])].filter { !$0.isEmpty }
      return date.joined(separator: " ") + (way["how"]?.equals("possible") == true ? " (possibly)" : "")
    }.joined(separator: ", ")
  }

  /// The question that a tally is about, as `QUERY` takes it.
  @Sendable private static func question(_ row: RowReader) -> String {
    let filters = (row.row["filters"]?.members.map(\.self) ?? []).map { filter in
      "\(filter.name)=\(RowReader.text(filter.value, separator: ","))"
    }
    return ([row.text("view")] + filters).joined(separator: " ")
  }
}
