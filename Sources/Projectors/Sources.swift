import Claims
import EDTF
import JSON
import Projections

/// `sources`: one row per ultimate source: how many claims it made, how many of them were corrected and withdrawn, and how
/// often what it announced came true.
///
/// The rows name no claims, of which a source may have any number: `QUERY timeline attributor=` lists them.
struct Sources: CountingProjector {
  let name = "sources"
  let version = 1
  let upstream = ["pledges"]
  let filters = [ColumnFilter("source", .entity)]
  let counters = ["made", "standing", "corrected", "retracted", "plans", "fulfilled", "possibly_fulfilled", "ended"]

  func counts(of item: Item) -> [Contribution] {
    guard item.claim != nil else { return [] }
    var amounts = ["made": 1]
    if item.standing.retracted != nil {
      amounts["retracted"] = 1
    } else if item.superseded != nil {
      amounts["corrected"] = 1
    } else {
      amounts["standing"] = 1
    }
    return [Contribution(GroupKey(item.attributor), amounts)]
  }

  /// A pledge counts for everyone who announced it.
  func counts(of row: StoredRow) -> [Contribution] {
    var amounts = ["plans": 1]
    let ways = row.column("fulfilled_by")?.elements.compactMap { $0["how"]?.string } ?? []
    if ways.contains("definite") {
      amounts["fulfilled"] = 1
    } else if row.column("ended")?.isNull == false {
      amounts["ended"] = 1
    } else if !ways.isEmpty {
      amounts["possibly_fulfilled"] = 1
    }
    let announcers = row.column("announced_by")?.elements.compactMap(\.string) ?? []
    return announcers.map { Contribution(GroupKey($0), amounts) }
  }

  func row(_ key: GroupKey, _ counts: [String: Int]) -> Row {
    let source = key.firstPart
    var row = RowWriter(key)
    row.column("source", source)
    for counter in counters { row.column(counter) { $0.int(counts[counter] ?? 0) } }
    return Row(bounds: nil, parties: [source], json: row.finish())
  }
}
