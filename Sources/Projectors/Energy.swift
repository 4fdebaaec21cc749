import Claims
import EDTF
import JSON
import Projections

/// `energy`: one row per figure of energy that one supplies to another, per rank and per pledge, by who states it.
struct Energy: Projector {
  let name = "energy"
  let version = 1
  let indexesPairs = true
  let keepsSuperseded = true
  let filters = [
    ColumnFilter("supplier", .entity), ColumnFilter("consumer", .entity), ColumnFilter("commodity"),
    ColumnFilter("route"), ColumnFilter("measure"), ColumnFilter("speaker", .entity), ColumnFilter("status"),
  ]

  func keys(of item: Item) -> [GroupKey] {
    guard let energy = item.event.body as? EnergyClaim, let status = item.claim?.common.status else { return [] }
    let measure = Self.measure(of: energy)
    // What is expected is no measure of what came of it; a pledge and its withdrawal are of one pledge.
    let isExpected = measure != "pledge" && status.isPlan
    return [
      GroupKey(
        item.entity(energy.supplier), item.entity(energy.consumer), energy.commodity, energy.route ?? "",
        isExpected ? "\(measure) expected" : measure, energy.period?.description ?? Occurrence.key(of: item),
        item.attributor)
    ]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    let live = items.filter { $0.superseded == nil }
    guard let first = live.first, let energy = first.event.body as? EnergyClaim else { return [] }
    let parties = [first.entity(energy.supplier), first.entity(energy.consumer)]
    var row = RowWriter(key)
    row.column("speaker", first.attributor)
    row.column("supplier", parties[0])
    row.column("consumer", parties[1])
    row.column("commodity", energy.commodity)
    row.column("route", energy.route)
    row.column("measure", Self.measure(of: energy))
    let status = Occurrence.status(live)
    row.column("status", claimed: status.values, conflict: status.conflict)
    row.column("period", energy.period?.description)
    // What is said of a period lies there, whenever it was said.
    let bounds: Bounds?
    if let period = energy.period {
      bounds = period.bounds
      row.column("when", claimed: Occurrence.dates(live).values, conflict: .compatible)
      row.bounds(bounds)
    } else {
      bounds = Occurrence.writeDates(live, to: &row)
    }
    writeFigures(live, to: &row)
    Vintage.write(items, to: &row) { Self.writeFigure(of: $0, to: &$1) }
    return [Row(bounds: bounds, parties: parties, json: row.finish(live))]
  }

  private static func measure(of energy: EnergyClaim) -> String {
    switch energy.figure {
    case .level: "level"
    case .change: "change"
    case .rank: "rank"
    case .pledge: "pledge"
    }
  }

  /// `amount`, `percent` and `rank`: null but for the one that the measure has.
  private func writeFigures(_ items: [Item], to row: inout RowWriter) {
    QuantityColumn.writeFigures("amount", quantities(items, Self.amount), to: &row)
    QuantityColumn.writeFigures("percent", quantities(items, Self.percent), to: &row)
    let ranks = distinctValues(items, order: \.self, Self.rank)
    row.column("rank") { QuantityColumn.write(ranks.map(\.value), to: &$0) { $1.int($0) } }
    if ranks.count > 1 { row.differ("rank", ranks, conflict: .contradiction) { $1.int($0) } }
  }

  private func quantities(_ items: [Item], _ quantity: (Item) -> Quantity?) -> [ClaimedValue<Quantity>] {
    distinctValues(items, order: \.orderText, quantity)
  }

  private static func amount(of item: Item) -> Quantity? {
    switch (item.event.body as? EnergyClaim)?.figure {
    case .level(let amount): amount
    case .pledge(let amount): amount
    default: nil
    }
  }

  private static func percent(of item: Item) -> Quantity? {
    guard case .change(let percent) = (item.event.body as? EnergyClaim)?.figure else { return nil }
    return percent
  }

  private static func rank(of item: Item) -> Int? {
    guard case .rank(let rank) = (item.event.body as? EnergyClaim)?.figure else { return nil }
    return rank
  }

  private static func writeFigure(of item: Item, to writer: inout JSONWriter) {
    if let amount = amount(of: item) {
      writer.key("amount")
      amount.write(to: &writer)
    } else if let percent = percent(of: item) {
      writer.key("percent")
      percent.write(to: &writer)
    } else if let rank = rank(of: item) {
      writer.key("rank")
      writer.int(rank)
    }
  }
}
