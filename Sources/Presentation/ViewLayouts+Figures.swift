/// Layouts of the views whose rows are figures.
extension ViewLayout {
  static let tradeVolume = ViewLayout(
    view: "trade-volume",
    columns: [
      .member("period"), .member("flow"),
      .sides,
      .member("commodity", fit: .cut),
      Column("amount", aligned: .right) { row in
        let amount = row.quantity("amount")
        return !amount.isEmpty && row.row["measure"]?.equals("derived") == true ? "\(amount) derived" : amount
      },
      .quantity("percent", .change), .member("base", "against", fit: .spare), .member("coverage", fit: .spare),
      .conflict,
      .entities("speaker", "says"),
    ],
    members: [
      "key", "speaker", "reporter", "partner", "between", "flow", "commodity", "measure", "period", "earliest",
      "latest",
      "coverage", "amount", "percent", "base", "implied", "vintage",
    ] + common)

  static let tradeTargets = ViewLayout(
    view: "trade-targets",
    columns: [
      .sides, .member("flow"), .member("commodity", fit: .cut), .quantity("amount"), Column("deadline", deadline),
      .member("state"), Column("latest", fit: .cut, latest), .member("judged_on", "judged on", fit: .spare), .conflict,
      .entities("speaker", "says"),
    ],
    members: [
      "key", "speaker", "reporter", "partner", "between", "flow", "commodity", "amount", "period", "deadline",
      "earliest", "latest", "status",
    ] + common + ["latest_level", "judged_on", "state"])

  static let energy = ViewLayout(
    view: "energy",
    columns: [
      Column("period") { row in
        let period = row.text("period")
        return period.isEmpty ? row.when : period
      },
      .entities("supplier"), .entities("consumer"), .member("commodity", fit: .cut), .member("route", fit: .spare),
      .member("measure"), Column("figure", aligned: .right, figure), .member("status", fit: .spare), .conflict,
      .entities("speaker", "says"),
    ],
    members: [
      "key", "speaker", "supplier", "consumer", "commodity", "route", "measure", "status", "period", "when", "earliest",
      "latest", "amount", "percent", "rank", "vintage",
    ] + common)

  /// By when a target is to be met; in the words used, where they name no date.
  @Sendable private static func deadline(_ row: RowReader) -> String {
    let deadline = row.text("deadline")
    guard deadline.isEmpty else { return deadline }
    let words = row.text("expression")
    return words.isEmpty ? "unstated" : "“\(words)”"
  }

  /// The newest volumes that a target is measured by, each with its period.
  @Sendable private static func latest(_ row: RowReader) -> String {
    (row.row["latest_level"]?.elements.map(\.self) ?? []).map { level in
      "\(RowReader.text(level["period"])): \(RowReader(level, labels: row.labels).quantity("amount"))"
    }.joined(separator: " / ")
  }

  /// Whichever of amount, percentage and rank a row has.
  @Sendable private static func figure(_ row: RowReader) -> String {
    [row.quantity("amount"), row.quantity("percent", .change), row.text("rank")].first { !$0.isEmpty } ?? ""
  }
}
