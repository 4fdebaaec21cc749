import Claims
import EDTF
import JSON
import Projections

/// `sanctions`: one row per tariff, embargo or the like that one puts, or is to put, on another.
struct Sanctions: Projector {
  let name = "sanctions"
  let version = 1
  let indexesPairs = true
  let filters = [
    ColumnFilter("sender", .entity), ColumnFilter("target", .entity), ColumnFilter("measure"), ColumnFilter("status"),
  ]
  let extends = true
  let joins: ReviewLinked.Relation? = .sameOccurrence

  func keys(of item: Item) -> [GroupKey] {
    guard let claim = item.event.body as? SanctionClaim else { return [] }
    let when = Occurrence.key(of: item)
    let (sender, target, measure) = (item.entity(claim.sender), item.entity(claim.target), claim.measure.rawValue)
    if Occurrence.isWithinDocument(when, of: item) {
      // Within one document, the rate tells coarsely dated sanctions apart.
      return [GroupKey(sender, target, measure, when, claim.percent?.orderText ?? "")]
    }
    return [GroupKey(sender, target, measure, when)]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    Occurrence.rows(key, items) { row, items in
      func values(_ value: (Item, SanctionClaim) -> String) -> [ClaimedValue<String>] {
        distinctValues(items, order: { $0 }) { item in (item.event.body as? SanctionClaim).map { value(item, $0) } }
      }
      let (senders, targets) = (values { $0.entity($1.sender) }, values { $0.entity($1.target) })
      row.column("sender", claimed: senders, conflict: .contradiction)
      row.column("target", claimed: targets, conflict: .contradiction)
      row.column("measure", claimed: values { $1.measure.rawValue }, conflict: .contradiction)
      let rates = distinctValues(items, order: \.orderText) { ($0.event.body as? SanctionClaim)?.percent }
      QuantityColumn.writeRange("percent", rates, to: &row)
      let status = Occurrence.status(items)
      row.column("status", claimed: status.values, conflict: status.conflict)
      let bounds = Occurrence.writeDates(items, to: &row)
      return Occurrence.Folded(bounds: bounds, parties: (senders + targets).map(\.value))
    }
  }

  /// `twins`: sanctions that other documents tell of and that may be the same.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    try Twins.write(row, sharing: ["sender", "target", "measure"], lookup, to: &writer)
  }
}
