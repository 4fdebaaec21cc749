import Claims
import EDTF
import JSON
import Projections

/// `exercises`: one row per joint exercise of a set of forces.
struct Exercises: Projector {
  let name = "exercises"
  let version = 1
  let indexesPairs = true
  let filters = [ColumnFilter("exercise", .entity), ColumnFilter("place", .entity), ColumnFilter("status")]
  let extends = true
  let joins: ReviewLinked.Relation? = .sameOccurrence

  func keys(of item: Item) -> [GroupKey] {
    guard let claim = item.event.body as? ExerciseClaim else { return [] }
    let parties = item.entities(claim.participants)
    // Forces may hold two exercises at a time: a name tells them apart, and nothing says which one goes without.
    let exercise = EntityReference.resolve(claim.exercise, in: item) ?? ""
    let when = Occurrence.key(of: item)
    if Occurrence.isWithinDocument(when, of: item) {
      let place = EntityReference.resolve(claim.place, in: item) ?? ""
      return [GroupKey(parties: parties, exercise, when, place)]
    }
    return [GroupKey(parties: parties, exercise, when)]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    Occurrence.rows(key, items) { row, items in
      let claims = items.compactMap { item in (item.event.body as? ExerciseClaim).map { (item, $0) } }
      let exercises = distinctValues(items, order: { $0 }) { item in
        EntityReference.resolve((item.event.body as? ExerciseClaim)?.exercise, in: item)
      }
      row.column("exercise", claimed: exercises, conflict: .tension)
      let participants = Set(claims.flatMap { $0.entities($1.participants) }).sorted()
      row.column("participants", participants)
      let places = distinctValues(items, order: { $0 }) { item in
        EntityReference.resolve((item.event.body as? ExerciseClaim)?.place, in: item)
      }
      row.column("place", claimed: places, conflict: .tension)
      let headcounts = distinctValues(items, order: \.orderText) { ($0.event.body as? ExerciseClaim)?.headcount }
      QuantityColumn.writeRange("headcount", headcounts, to: &row)
      let status = Occurrence.status(items)
      row.column("status", claimed: status.values, conflict: status.conflict)
      let bounds = Occurrence.writeDates(items, to: &row)
      return Occurrence.Folded(bounds: bounds, parties: participants)
    }
  }

  /// `twins`: exercises that other documents tell of and that may be the same.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    try Twins.write(row, sharing: [], agreeingOn: ["exercise"], includesSameDay: true, lookup, to: &writer)
  }
}
