import Claims
import EDTF
import JSON
import Projections

/// `visits`: one row per visit, what was planned beside what came of it.
struct Visits: Projector {
  let name = "visits"
  let version = 1
  let indexesPairs = true
  let filters = [
    ColumnFilter("visitor", .entity), ColumnFilter("host", .entity), ColumnFilter("place", .entity),
    ColumnFilter("level"), ColumnFilter("status"),
  ]

  func keys(of item: Item) -> [GroupKey] {
    guard let visit = item.event.body as? VisitClaim else { return [] }
    let when = Occurrence.key(of: visit)
    let (visitor, host) = (item.entity(visit.visitor), item.entity(visit.host))
    if when.hasSuffix(" in \(visit.common.evidence[0].document)") {
      // Within one document, place and occasion tell coarsely dated visits apart.
      let place = EntityReference.resolve(visit.place, in: item)
      return [GroupKey(visitor, host, when, place ?? "", visit.occasion ?? "")]
    }
    return [GroupKey(visitor, host, when)]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let item = items.first, let visit = item.event.body as? VisitClaim else { return [] }
    var row = RowWriter(key)
    let parties = [item.entity(visit.visitor), item.entity(visit.host)]
    row.column("visitor", parties[0])
    row.column("host", parties[1])
    let places = distinctValues(items, order: { $0 }) { item in
      EntityReference.resolve((item.event.body as? VisitClaim)?.place, in: item)
    }
    row.column("place", claimed: places, conflict: .tension)
    let levels = distinctValues(items, order: { $0 }) { item in (item.event.body as? VisitClaim)?.level?.rawValue }
    row.column("level", claimed: levels, conflict: .contradiction)
    let occasions = distinctValues(items, order: { $0 }) { item in (item.event.body as? VisitClaim)?.occasion }
    row.column("occasion", claimed: occasions, conflict: .compatible)
    let status = Occurrence.status(items)
    row.column("status", claimed: status.values, conflict: status.conflict)
    let bounds = Occurrence.writeDates(items, to: &row)
    row.column("plan") { stage(items.filter { $0.claim?.common.status.isPlan == true }, to: &$0) }
    row.column("outcome") { stage(items.filter { $0.claim?.common.status.isPlan == false }, to: &$0) }
    return [Row(bounds: bounds, parties: parties, json: row.finish(items))]
  }

  /// The furthest stage that `items` tell of, with its date and the claims that tell it; null without items.
  private func stage(_ items: [Item], to writer: inout JSONWriter) {
    let claims = items.compactMap { item in item.claim.map { (item.position, $0.common) } }
    guard let furthest = claims.map(\.1.status).max(by: { $0.stage < $1.stage }) else { return writer.null() }
    let telling = claims.filter { $0.1.status == furthest }
    writer.beginObject()
    writer.key("status")
    writer.string(furthest.rawValue)
    writer.key("when")
    if let date = telling.lazy.compactMap(\.1.when?.date).min(by: { $0.description < $1.description }) {
      writer.string(date.description)
    } else {
      writer.null()
    }
    writer.key("claims")
    writer.beginArray()
    for (position, _) in telling { writer.int(position) }
    writer.endArray()
    writer.endObject()
  }
}
