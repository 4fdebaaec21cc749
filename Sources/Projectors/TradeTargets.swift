import Claims
import EDTF
import JSON
import Projections

/// `trade-targets`: one row per volume of trade aimed at, by who states it; with the figures it is measured by and its
/// state on the day asked for.
struct TradeTargets: Projector {
  let name = "trade-targets"
  let version = 1
  let indexesPairs = true
  let filters = [
    ColumnFilter("flow"), ColumnFilter("commodity"), ColumnFilter("speaker", .entity),
    ColumnFilter("reporter", .entity), ColumnFilter("partner", .entity), ColumnFilter("status"),
    ColumnFilter("state", .computed),
  ]
  let extends = true

  func keys(of item: Item) -> [GroupKey] {
    guard let trade = item.event.body as? TradeClaim, case .target(let amount, _) = trade.figure else { return [] }
    let series = TradeSeries(trade, in: item)
    let sides =
      series.reporter == nil ? GroupKey(parties: series.parties) : GroupKey(series.parties[0], series.parties[1])
    // One may aim at more than one volume; without a date the volumes are all that tells targets apart.
    let aim = Self.due(item)?.description ?? "undated \(amount.orderText)"
    return [
      GroupKey(text: "\(sides)/\(GroupKey(series.flow, series.commodity ?? "", aim, item.attributor))")
    ]
  }

  /// By when: the deadline stated, else the period whose volume is meant, else the claim's own deadline.
  private static func due(_ item: Item) -> EDTF? {
    guard let trade = item.event.body as? TradeClaim, case .target(_, let deadline) = trade.figure else { return nil }
    if let stated = deadline ?? trade.period { return stated }
    return item.date?.aspect == .deadline ? item.date?.date : nil
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let first = items.first, let trade = first.event.body as? TradeClaim else { return [] }
    let series = TradeSeries(trade, in: first)
    var row = RowWriter(key)
    series.write(to: &row)
    let amounts = distinctValues(items, order: \.orderText) { item -> Quantity? in
      guard case .target(let amount, _) = (item.event.body as? TradeClaim)?.figure else { return nil }
      return amount
    }
    QuantityColumn.writeFigures("amount", amounts, to: &row)
    let periods = distinctValues(items, order: { $0 }) { ($0.event.body as? TradeClaim)?.period?.description }
    row.column("period", claimed: periods, conflict: .compatible)
    let due = Self.due(first)
    row.column("deadline", due?.description)
    row.bounds(due?.bounds)
    let words = Occurrence.expressions(items)
    if !words.isEmpty { row.column("expression", words) }
    let status = Occurrence.status(items)
    row.column("status", claimed: status.values, conflict: status.conflict)
    return [Row(bounds: due?.bounds, parties: series.parties, json: row.finish(items))]
  }

  /// `latest`, the newest figures that the target is measured by, and `state`.
  func extend(
    _ row: StoredRow, at day: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    let levels = try lookup(.term(view: "trade-volume", term: TradeSeries.term(of: row)))
    let progress = TargetProgress(row, at: day, levels)
    progress.write(to: &writer)
  }
}
