import Claims
import EDTF
import JSON
import Projections

/// `treaties`: one row per treaty, with its dates and its state on the day asked for.
struct Treaties: Projector {
  let name = "treaties"
  let version = 2
  let filters = [ColumnFilter("treaty", .entity), ColumnFilter("state", .computed)]
  let extends = true

  /// The columns that hold the date of an action, in the order of a treaty's life.
  private static let dateColumns: [(column: String, action: TreatyClaim.Action)] = [
    ("proposed", .proposed), ("signed", .signed), ("ratified", .ratified), ("in_force", .inForce),
    ("extended", .extended), ("suspended", .suspended), ("withdrawn", .withdrawn), ("expires", .expires),
  ]

  func keys(of item: Item) -> [GroupKey] {
    guard let claim = item.event.body as? TreatyClaim else { return [] }
    return [GroupKey(item.entity(claim.treaty))]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let first = items.first, let claim = first.event.body as? TreatyClaim else { return [] }
    let treaty = first.entity(claim.treaty)
    var parties: Set<String> = []
    for case let (item, claim as TreatyClaim) in items.map({ ($0, $0.event.body) }) {
      parties.formUnion(item.entities(claim.parties))
    }
    var row = RowWriter(key)
    row.column("treaty", treaty)
    row.column("parties", parties.sorted())
    var dates: [Bounds] = []
    for (column, action) in Self.dateColumns {
      let values = distinctValues(items, order: { $0 }) { item in date(of: action, in: item)?.description }
      row.column(column, claimed: values, conflict: conflict(of: action, items))
      dates += items.compactMap { date(of: action, in: $0)?.bounds }
    }
    let planned = items.filter { isPlanned($0) }
    row.column("planned") { write(planned, to: &$0) }
    dates += planned.compactMap(\.bounds)
    let found = ([treaty] + parties.sorted())
    return [Row(bounds: span(dates), parties: found, json: row.finish(items))]
  }

  /// Whether a claim speaks of an action to come. Expiry lies ahead by its nature and is no plan.
  private func isPlanned(_ item: Item) -> Bool {
    guard let claim = item.event.body as? TreatyClaim else { return false }
    return claim.common.status.isPlan && claim.action != .expires
  }

  /// The actions to come, each with its date and status; a plan is not taken for its fulfilment once its day is past.
  private func write(_ planned: [Item], to writer: inout JSONWriter) {
    let plans = planned.compactMap { item in
      (item.event.body as? TreatyClaim).map {
        (action: $0.action.rawValue, when: item.date?.date?.description, status: $0.common.status.rawValue)
      }
    }
    writer.beginArray()
    for plan in plans.sorted(by: { ($0.action, $0.when ?? "", $0.status) < ($1.action, $1.when ?? "", $1.status) }) {
      writer.beginObject()
      writer.key("action")
      writer.string(plan.action)
      writer.key("when")
      if let when = plan.when { writer.string(when) } else { writer.null() }
      writer.key("status")
      writer.string(plan.status)
      writer.endObject()
    }
    writer.endArray()
  }

  /// The date that a claim gives for an action. A plan gives none, nor a claim that it was cancelled or denied.
  private func date(of action: TreatyClaim.Action, in item: Item) -> EDTF? {
    guard let claim = item.event.body as? TreatyClaim else { return nil }
    guard claim.common.status != .denied, claim.common.status != .cancelled, !isPlanned(item) else { return nil }
    // An extension says until when the treaty runs now.
    if action == .expires, claim.action == .extended, let until = claim.until { return until }
    return claim.action == action ? item.date?.date : nil
  }

  /// Dates of one action: compatible where they can be the same day.
  private func conflict(of action: TreatyClaim.Action, _ items: [Item]) -> Conflict {
    let dates = items.compactMap { date(of: action, in: $0)?.bounds }
    // A treaty is extended, and may be suspended, more than once.
    if action == .extended || action == .suspended { return .compatible }
    for (index, one) in dates.enumerated() {
      for other in dates[(index + 1)...] where one.coincides(other) == .impossible { return .contradiction }
    }
    return .compatible
  }

  /// From the earliest to the latest day of all dates.
  private func span(_ dates: [Bounds]) -> Bounds? {
    let days = dates.flatMap { [$0.earliest.day, $0.latest.day].compactMap(\.self) }
    guard let first = days.min(), let last = days.max() else { return nil }
    return Bounds(earliest: .day(first), latest: .day(last))
  }

  func extend(_ row: StoredRow, at day: Day, _: RowLookup, into writer: inout JSONWriter) {
    let life = TreatyLife(row)
    writer.key("state")
    writer.string(life.state(at: day))
    life.writeNext(after: day, to: &writer)
  }
}
