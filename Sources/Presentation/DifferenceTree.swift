import JSON

/// A row of `DIFF` for people: which columns changed, and the events that changed them.
package enum DifferenceTree {
  /// Causes of one row that are shown; of more, the last ones.
  private static let mostCauses = 8
  /// Columns that `when` tells as well.
  private static let bounds = ["earliest", "latest"]
  /// What stands between a value and the one that took its place.
  private static let arrow = "→"

  /// The positions of the causes that the tree of a row shows.
  package static func causes(of row: JSONValue) -> [Int64] {
    row["causes"]?.elements.compactMap(\.int).suffix(mostCauses) ?? []
  }

  /// The ids of entities that the tree of a row shows.
  package static func entityIDs(of row: JSONValue, in layout: ViewLayout) -> [String] {
    layout.entityIDs(in: [row["before"], row["after"]].compactMap(\.self).filter { $0.kind == .object })
  }

  /// The tree of a row.
  ///
  /// - Parameters:
  ///   - events: the causes by position, as recorded.
  ///   - labels: of entities, by id.
  package static func tree(
    _ row: JSONValue, in layout: ViewLayout, events: [Int64: JSONValue], labels: [String: String]
  ) -> Tree {
    let (before, after) = (side("before", of: row), side("after", of: row))
    let what = before == nil ? "new" : after == nil ? "gone" : "changed"
    let columns = changed(before, after).map { name in
      let old = before.map { text(name, of: $0, in: layout, labels) }
      let new = after.map { text(name, of: $0, in: layout, labels) }
      guard let old, let new else { return Tree([name, old ?? new ?? ""]) }
      return Tree([name, old.isEmpty ? "–" : old, arrow, new.isEmpty ? "–" : new])
    }
    let hidden = (row["causes"]?.count ?? 0) - causes(of: row).count
    let more = hidden > 0 ? [Tree(["by \(NumberText.count(hidden)) events more, and"])] : []
    return Tree([RowReader.text(row["key"]), what], columns + more + causes(of: row).map { cause($0, events, labels) })
  }

  private static func side(_ name: String, of row: JSONValue) -> JSONValue? {
    row[name].flatMap { $0.kind == .object ? $0 : nil }
  }

  /// The columns that differ, or all that say something where there is but one side. Where claims differ is told by the
  /// columns themselves and by `conflict`, unless nothing else changed.
  private static func changed(_ before: JSONValue?, _ after: JSONValue?) -> [String] {
    var names: [String] = []
    for side in [after, before].compactMap(\.self) {
      for member in side.members where member.name != "key" && !names.contains(member.name) {
        names.append(member.name)
      }
    }
    let isOneSided = before == nil || after == nil
    let isDated = !RowReader.text((after ?? before)?["when"]).isEmpty
    let changed = names.filter { name in
      let (old, new) = (before?[name], after?[name])
      if isOneSided { return !RowReader.text(old ?? new).isEmpty && !(isDated && bounds.contains(name)) }
      return old.map(json) != new.map(json)
    }
    let telling = changed.filter { $0 != "differences" }
    return telling.isEmpty ? changed : telling
  }

  private static func json(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    value.appendMinified(to: &bytes)
    return bytes
  }

  private static func text(
    _ name: String, of row: JSONValue, in layout: ViewLayout, _ labels: [String: String]
  ) -> String {
    let reader = RowReader(row, labels: labels)
    if name == "conflict" { return reader.conflict }
    return layout.showsEntities(in: name) ? reader.entities(name) : reader.text(name)
  }

  private static func cause(_ position: Int64, _ events: [Int64: JSONValue], _ labels: [String: String]) -> Tree {
    guard let event = events[position].map({ EventText($0, labels: labels) }) else {
      return Tree(["by event \(position)"])
    }
    let says = event.says.isEmpty && event.isClaim ? event.documents.joined(separator: ", ") : event.says
    return Tree([
      "by event \(position)", event.type, event.isClaim ? event.when : event.content,
      says.isEmpty ? "" : "says \(says)", event.origin,
    ])
  }
}
