import Claims
import EDTF
import JSON
import Projections

/// `gatherings`: one row per summit, parade or conference, with who came, or is to come, by what claims say of each.
struct Gatherings: Projector {
  let name = "gatherings"
  let version = 1
  let indexesPairs = true
  let filters = [ColumnFilter("gathering", .entity), ColumnFilter("place", .entity), ColumnFilter("status")]
  let extends = true
  let joins: ReviewLinked.Relation? = .sameOccurrence

  /// What claims say of one who attends.
  private struct Attendance {
    let attendee: String
    let status: (values: [ClaimedValue<String>], conflict: Conflict)
    let items: [Item]
  }

  func keys(of item: Item) -> [GroupKey] {
    guard let claim = item.event.body as? GatheringClaim else { return [] }
    return [GroupKey(item.entity(claim.gathering), Occurrence.key(of: item))]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    Occurrence.rows(key, items) { row, items in
      let gatherings = distinctValues(items, order: { $0 }) { item in
        (item.event.body as? GatheringClaim).map { item.entity($0.gathering) }
      }
      row.column("gathering", claimed: gatherings, conflict: .tension)
      let attendances = attendances(items)
      row.column("attendees", attendances.map(\.attendee))
      row.column("attendance") { write(attendances, to: &$0) }
      let places = distinctValues(items, order: { $0 }) { item in
        EntityReference.resolve((item.event.body as? GatheringClaim)?.place, in: item)
      }
      row.column("place", claimed: places, conflict: .tension)
      let headcounts = distinctValues(items, order: \.orderText) { ($0.event.body as? GatheringClaim)?.headcount }
      QuantityColumn.writeRange("headcount", headcounts, to: &row)
      writeStatus(attendances, to: &row)
      let bounds = Occurrence.writeDates(items, to: &row)
      return Occurrence.Folded(
        bounds: bounds, parties: attendances.map(\.attendee) + gatherings.map(\.value))
    }
  }

  private func attendances(_ items: [Item]) -> [Attendance] {
    var claims: [String: [Item]] = [:]
    for item in items {
      guard let claim = item.event.body as? GatheringClaim else { continue }
      for attendee in Set(item.entities(claim.attendees)) { claims[attendee, default: []].append(item) }
    }
    return claims.sorted { $0.key < $1.key }.map { attendee, items in
      Attendance(attendee: attendee, status: Occurrence.status(items), items: items)
    }
  }

  /// `attendance`: of each who came or is to come how far along that is, since one may have come while another stays
  /// away.
  private func write(_ attendances: [Attendance], to writer: inout JSONWriter) {
    writer.beginArray()
    for attendance in attendances {
      writer.beginObject()
      writer.member("attendee", attendance.attendee)
      writer.key("status")
      QuantityColumn.write(attendance.status.values.map(\.value), to: &writer) { $1.string($0) }
      writer.key("claims")
      writer.beginArray()
      for item in attendance.items { writer.int(item.position) }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
  }

  /// `status`: how far along the gathering is. It took place where anyone was there; that one stays away does not cancel
  /// it. Only of one attendee can claims contradict each other.
  private func writeStatus(_ attendances: [Attendance], to row: inout RowWriter) {
    let contradicted = attendances.filter { $0.status.conflict == .contradiction }
    let told = attendances.flatMap(\.status.values)
    let ranked = told.compactMap { value in Status(rawValue: value.value).map { (status: $0, items: value.items) } }
    let going = ranked.filter { $0.status.stage <= Status.occurred.stage }
    guard let status = (going.isEmpty ? ranked : going).max(by: { $0.status.stage < $1.status.stage })?.status else {
      return row.column("status", nil as String?)
    }
    row.column("status", status.rawValue)
    for attendance in contradicted {
      row.differ("attendance", attendance.status.values, conflict: .contradiction) { value, writer in
        writer.beginObject()
        writer.member("attendee", attendance.attendee)
        writer.member("status", value)
        writer.endObject()
      }
    }
  }

  /// `twins`: rows of the same gathering that other documents tell of, on dates that may be the same.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    let gatherings = Twins.texts(row.column("gathering"))
    var candidates: [StoredRow] = []
    for gathering in gatherings.sorted() {
      candidates += try lookup(.touching(view: row.view, parties: [gathering], bounds: row.bounds)).filter { twin in
        // Who attends is found by the same index.
        Twins.texts(twin.column("gathering")).contains(gathering) && !candidates.contains { $0.key == twin.key }
      }
    }
    Twins.write(row, among: candidates, to: &writer) { _ in true }
  }
}
