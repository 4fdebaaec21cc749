import JSON

/// Charts of the rows of `trade-volume`: one for each series, since turnover, exports and imports, other sides, other goods
/// and other units are never compared.
package enum TradeChart {
  /// The charts of the rows that have a single amount, in the order their series come; and how many rows have none.
  package static func charts(_ rows: [JSONValue], labels: [String: String] = [:]) -> (charts: [BarChart], omitted: Int)
  {
    var titles: [String] = []
    var bars: [String: [BarChart.Bar]] = [:]
    var omitted = 0
    for row in rows {
      let reader = RowReader(row, labels: labels)
      guard let amount = row["amount"], let number = amount["value"]?.numberText, let value = Double(number), value >= 0
      else {
        omitted += 1
        continue
      }
      let title = title(reader, unit: RowReader.text(amount["unit"]))
      if bars[title] == nil { titles.append(title) }
      bars[title, default: []].append(bar(reader, value))
    }
    return (titles.map { BarChart(title: $0, bars: bars[$0] ?? []) }, omitted)
  }

  private static func title(_ row: RowReader, unit: String) -> String {
    let reporter = row.entities("reporter")
    let sides = reporter.isEmpty ? row.entities("between") : "\(reporter) → \(row.entities("partner"))"
    let commodity = row.text("commodity")
    return "\(sides): \(row.text("flow"))\(commodity.isEmpty ? "" : " of \(commodity)"), \(unit)"
  }

  private static func bar(_ row: RowReader, _ value: Double) -> BarChart.Bar {
    let measure = row.text("measure")
    var notes = [measure == "level" ? "" : measure, row.text("coverage") == "partial" ? "partial" : ""]
    notes.removeAll(where: \.isEmpty)
    let text = row.quantity("amount") + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
    return BarChart.Bar(
      label: "\(row.text("period")) \(row.entities("speaker"))", value: value, text: text,
      isDerived: measure == "derived")
  }
}
