import Claims
import EDTF
import JSON
import Projections

/// `tallies`: one row per claim about the record itself ("they have spoken eight times since"), beside what the record
/// holds.
///
/// What is claimed is stored; what the record says to it is asked when the row is, so that it is as of the same position.
struct Tallies: Projector {
  let name = "tallies"
  let version = 1
  let filters = [ColumnFilter("tally"), ColumnFilter("view"), ColumnFilter("state", .computed)]
  let extends = true

  func keys(of item: Item) -> [GroupKey] {
    item.event.body is TallyClaim ? [GroupKey("\(item.position)")] : []
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let item = items.first, let claim = item.event.body as? TallyClaim else { return [] }
    var row = RowWriter(key)
    row.column("tally", claim.tally.rawValue)
    row.column("view", claim.query.view)
    row.column("filters") { writer in
      writer.beginObject()
      for filter in claim.query.filters {
        writer.key(filter.name)
        writer.beginArray()
        for value in filter.values { writer.string(value) }
        writer.endArray()
      }
      writer.endObject()
    }
    row.column("claimed") { writer in
      switch claim.value {
      case .count(let count): writer.int(count)
      case .date(let date): writer.string(date.description)
      case nil: writer.null()
      }
    }
    let bounds = Occurrence.writeDates(items, to: &row)
    return [Row(bounds: bounds, parties: [item.attributor], json: row.finish(items))]
  }

  /// What the record says to it; see ``TallyFinding``.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    let view = row.column("view")?.string ?? ""
    let filters = row.column("filters")?.members.map { member in
      (name: member.name, values: member.value.elements.compactMap(\.string))
    }
    guard view != name else {
      return TallyFinding(unanswerable: "a tally cannot count tallies").write(to: &writer)
    }
    do throws(ProjectionError) {
      let rows = try lookup(.query(view: view, filters: filters ?? []))
      TallyFinding(of: row, in: rows).write(to: &writer)
    } catch {
      guard case .unanswerable(let reason) = error else { throw error }
      TallyFinding(unanswerable: reason).write(to: &writer)
    }
  }
}
