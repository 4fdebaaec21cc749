import Claims
import EDTF
import JSON
import Projections

/// `timeline`: one row per live claim, in time order.
struct Timeline: Projector {
  let name = "timeline"
  let version = 2
  let filters = [ColumnFilter("type"), ColumnFilter("status")]

  func keys(of item: Item) -> [GroupKey] {
    item.claim == nil ? [] : [GroupKey("\(item.position)")]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let item = items.first, let claim = item.claim else { return [] }
    var row = RowWriter(key)
    let bounds = Occurrence.writeDates(items, to: &row)
    row.column("type", item.event.type)
    row.column("status", claim.common.status.rawValue)
    let parties = item.entities(claim.participants)
    row.column("parties", parties)
    row.column("summary", claim.summary)
    if let rule = item.date?.rule { row.column("rule", rule.kind.rawValue) }
    ReviewColumns.write(item.review, to: &row)
    return [Row(bounds: bounds, parties: parties, json: row.finish(items))]
  }
}
