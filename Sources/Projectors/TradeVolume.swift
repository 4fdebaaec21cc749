import Claims
import EDTF
import JSON
import Projections

/// `trade-volume`: one row per figure of one series, by who states it; and the bases that follow from a level and a
/// percentage, marked as derived.
struct TradeVolume: Projector {
  let name = "trade-volume"
  let version = 3
  let indexesPairs = true
  let keepsSuperseded = true
  let extends = true
  let filters = [
    ColumnFilter("flow"), ColumnFilter("commodity"), ColumnFilter("measure"), ColumnFilter("coverage"),
    ColumnFilter("speaker", .entity), ColumnFilter("reporter", .entity), ColumnFilter("partner", .entity),
  ]

  func keys(of item: Item) -> [GroupKey] {
    guard let trade = item.event.body as? TradeClaim, let period = trade.period else { return [] }
    let measure: String
    switch trade.figure {
    case .level, .change: measure = "level"
    case .forecast: measure = "forecast"
    case .target: return []
    }
    let flow = trade.flow.rawValue
    let commodity = trade.commodity ?? ""
    let (date, speaker) = (period.description, item.attributor)
    switch trade.sides {
    case .between(let one, let other):
      let sides = [item.entity(one), item.entity(other)]
      return [GroupKey(parties: sides, flow, commodity, measure, date, speaker)]
    case .reported(let reporter, let partner):
      return [
        GroupKey(item.entity(reporter), item.entity(partner), flow, commodity, measure, date, speaker)
      ]
    }
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    let live = items.filter { $0.superseded == nil }
    guard let first = live.first, let trade = first.event.body as? TradeClaim, let period = trade.period else {
      return []
    }
    let series = TradeSeries(trade, in: first)
    let figures = TradeFigures(live)
    var row = RowWriter(key)
    series.write(to: &row)
    let isForecast = if case .forecast = trade.figure { true } else { false }
    row.column("measure", isForecast ? "forecast" : "level")
    TradeSeries.write(period: period, to: &row)
    figures.write(to: &row)
    let derived = figures.derivedBase
    row.column("implied") { writer in
      if let derived { derived.write(to: &writer) } else { writer.null() }
    }
    Vintage.write(items, to: &row) { TradeFigures.writeFigure(of: $0, to: &$1) }
    let terms =
      isForecast ? [] : [TradeSeries.term(parties: series.parties, flow: series.flow, commodity: series.commodity)]
    var rows = [Row(bounds: period.bounds, parties: series.parties, terms: terms, json: row.finish(live))]
    if let derived { rows.append(baseRow(key, derived, series)) }
    return rows
  }

  /// `mirror`: what the other side's book has, where the figure is from one side's.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    // The key of a figure for the two together begins with both: its row need not be read.
    guard row.group.prefix(while: { $0 != "/" }).contains(",") == false else { return }
    try TradeMirror.write(row, lookup, to: &writer)
  }

  /// The row of a base period whose volume follows from the figures of a later one.
  private func baseRow(
    _ key: GroupKey, _ derived: DerivedBase, _ series: TradeSeries
  ) -> Row {
    let suffix = "base \(derived.period)"
    var row = RowWriter(key, suffix: suffix)
    series.write(to: &row)
    row.column("measure", "derived")
    TradeSeries.write(period: derived.period, to: &row)
    row.column("amount") { derived.amount.write(to: &$0) }
    row.column("percent", nil as String?)
    row.column("base", nil as String?)
    row.column("implied") { derived.write(to: &$0) }
    Vintage.write(derived.items, to: &row) { TradeFigures.writeFigure(of: $0, to: &$1) }
    return Row(
      suffix: suffix, bounds: derived.period.bounds, parties: series.parties, json: row.finish(derived.items))
  }
}

/// Which series a figure belongs to, and who states it.
struct TradeSeries {
  let speaker: String
  /// Set where the figure is from one side's book.
  let reporter: String?
  let partner: String?
  /// The two sides: reporter and partner, or both in the order of their ids.
  let parties: [String]
  let flow: String
  let commodity: String?

  init(_ trade: TradeClaim, in item: Item) {
    speaker = item.attributor
    flow = trade.flow.rawValue
    commodity = trade.commodity
    switch trade.sides {
    case .between(let one, let other):
      reporter = nil
      partner = nil
      parties = [item.entity(one), item.entity(other)].sorted()
    case .reported(let from, let with):
      let sides = (item.entity(from), item.entity(with))
      reporter = sides.0
      partner = sides.1
      parties = [sides.0, sides.1]
    }
  }

  /// Stands behind each part of a term but the last.
  private static let separator: Character = "\u{1F}"

  /// The term by which levels are found that a target may be measured by, or that may be the other side's: those of the
  /// same flow, goods and two sides.
  static func term(parties: [String], flow: String, commodity: String?) -> String {
    ([flow, commodity ?? ""] + Set(parties).sorted()).joined(separator: String(separator))
  }

  /// The term of the series of a row that has the columns of one.
  static func term(of row: StoredRow) -> String {
    term(
      parties: row.parties, flow: row.column("flow")?.string ?? "", commodity: row.column("commodity")?.string)
  }

  /// The term of a series that differs from that of `term` in its flow.
  static func term(_ term: String, flow: String) -> String { flow + term.drop { $0 != separator } }

  static func flow(ofTerm term: String) -> String { String(term.prefix { $0 != separator }) }

  func write(to row: inout RowWriter) {
    row.column("speaker", speaker)
    row.column("reporter", reporter)
    row.column("partner", partner)
    row.column("between", parties.sorted())
    row.column("flow", flow)
    row.column("commodity", commodity)
  }

  /// `period`, its bounds, and `coverage`: `full` for whole calendar years, `partial` for anything less.
  static func write(period: EDTF, to row: inout RowWriter) {
    row.column("period", period.description)
    row.bounds(period.bounds)
    row.column("coverage", coversYears(period) ? "full" : "partial")
  }

  private static func coversYears(_ period: EDTF) -> Bool {
    guard case .day(let first) = period.bounds.earliest, case .day(let last) = period.bounds.latest else {
      return false
    }
    return first.month == 1 && first.day == 1 && last.month == 12 && last.day == 31
  }
}
