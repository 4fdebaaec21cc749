import Claims
import EDTF
import JSON
import Projections

/// `visits`: one row per visit, what was planned beside what came of it.
struct Visits: Projector {
  let name = "visits"
  let version = 2
  let indexesPairs = true
  let filters = [
    ColumnFilter("visitor", .entity), ColumnFilter("host", .entity), ColumnFilter("place", .entity),
    ColumnFilter("level"), ColumnFilter("status"),
  ]
  let extends = true
  let joins: ReviewLinked.Relation? = .sameOccurrence

  func keys(of item: Item) -> [GroupKey] {
    guard let visit = item.event.body as? VisitClaim else { return [] }
    let when = Occurrence.key(of: item)
    let (visitor, host) = (item.entity(visit.visitor), item.entity(visit.host))
    if Occurrence.isWithinDocument(when, of: item) {
      // Within one document, place and occasion tell coarsely dated visits apart.
      let place = EntityReference.resolve(visit.place, in: item)
      return [GroupKey(visitor, host, when, place ?? "", visit.occasion ?? "")]
    }
    return [GroupKey(visitor, host, when)]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    Occurrence.rows(key, items) { row, items in
      let visits = items.compactMap { item in (item.event.body as? VisitClaim).map { (item, $0) } }
      let visitors = Set(visits.map { $0.entity($1.visitor) }).sorted()
      let hosts = Set(visits.map { $0.entity($1.host) }).sorted()
      row.column("visitor", visitors.first)
      row.column("host", hosts.first)
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
      return Occurrence.Folded(bounds: bounds, parties: [visitors[0], hosts[0]])
    }
  }

  /// `twins`: visits that other documents tell of and that may be the same.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    try Twins.write(row, sharing: ["visitor", "host"], lookup, to: &writer)
  }

  /// The furthest stage that `items` tell of, with its date and the claims that tell it; null without items.
  private func stage(_ items: [Item], to writer: inout JSONWriter) {
    let claims = items.compactMap { item in item.claim.map { (item: item, status: $0.common.status) } }
    guard let furthest = claims.map(\.status).max(by: { $0.stage < $1.stage }) else { return writer.null() }
    let telling = claims.filter { $0.status == furthest }.map(\.item)
    writer.beginObject()
    writer.key("status")
    writer.string(furthest.rawValue)
    writer.key("when")
    if let date = telling.lazy.compactMap(\.date?.date).min(by: { $0.description < $1.description }) {
      writer.string(date.description)
    } else {
      writer.null()
    }
    writer.key("claims")
    writer.beginArray()
    for item in telling { writer.int(item.position) }
    writer.endArray()
    writer.endObject()
  }
}
