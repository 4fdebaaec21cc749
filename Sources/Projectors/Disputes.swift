import EDTF
import JSON
import Projections

/// `disputes`: one row per column of a row on which claims differ, whichever view it stands in.
struct Disputes: Projector {
  let name = "disputes"
  let version = 1
  let upstream: [String]
  let filters = [ColumnFilter("view"), ColumnFilter("column"), ColumnFilter("class"), ColumnFilter("row")]

  func keys(of _: Item) -> [GroupKey] { [] }

  func keys(of change: RowChange, _: RowLookup) -> [GroupKey] {
    let differ = (change.old + change.new).contains { $0.hasColumn("differences") }
    return differ ? [GroupKey(text: "\(change.view)/\(change.key)")] : []
  }

  func fold(_ key: GroupKey, _: [Item], _ lookup: RowLookup) throws(ProjectionError) -> [Row] {
    let parts = key.text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { throw .impossible(reason: "\(key) names no row") }
    var rows: [Row] = []
    for disputed in try lookup(.group(view: String(parts[0]), key: String(parts[1]))) {
      for difference in disputed.column("differences")?.elements.map(\.self) ?? [] {
        rows.append(row(key, disputed, difference, number: rows.count + 1))
      }
    }
    return rows
  }

  private func row(_ key: GroupKey, _ disputed: StoredRow, _ difference: JSONValue, number: Int) -> Row {
    let suffix = number == 1 ? "" : "\(number)"
    var row = RowWriter(key, suffix: suffix)
    row.column("view", disputed.view)
    row.column("row", disputed.key)
    row.column("column", difference["column"]?.string)
    row.column("class", difference["class"]?.string)
    row.column("parties", disputed.parties)
    row.column("when") { writer in
      if let when = disputed.column("when") ?? disputed.column("period") { writer.value(when) } else { writer.null() }
    }
    row.column("values") { writer in
      if let values = difference["values"] { writer.value(values) } else { writer.null() }
    }
    return Row(
      suffix: suffix, bounds: disputed.bounds, parties: disputed.parties, json: row.finish(restingOn: [disputed]))
  }
}
