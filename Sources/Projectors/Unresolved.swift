import Claims
import EDTF
import JSON
import Projections
import RelativeDates

/// `unresolved`: one row per thing that needs a person: a name that means nobody or several, a date that hangs on a
/// document whose date nobody knows, words that say another day than the date, a judgement that is still open.
struct Unresolved: Projector {
  let name = "unresolved"
  let version = 1
  let filters = [ColumnFilter("why"), ColumnFilter("what"), ColumnFilter("type")]
  let extends = true

  /// Something to be decided: why, the words concerned, and what is to be known of it.
  private struct Matter {
    let why: String
    let what: String
    var detail: String?
    var bearers: [String] = []
  }

  func keys(of item: Item) -> [GroupKey] {
    matters(item).isEmpty ? [] : [GroupKey("\(item.position)")]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let item = items.first else { return [] }
    let parties = item.claim.map { item.entities($0.participants) } ?? []
    return matters(item).enumerated().map { index, matter in
      let suffix = index == 0 ? "" : "\(index + 1)"
      var row = RowWriter(key, suffix: suffix)
      row.column("claim") { $0.int(item.position) }
      row.column("why", matter.why)
      row.column("what", matter.what)
      row.column("detail", matter.detail)
      row.column("type", item.event.type)
      row.column("document", item.claim?.common.evidence[0].document)
      if !matter.bearers.isEmpty { row.column("bearers", matter.bearers) }
      return Row(suffix: suffix, bounds: item.bounds, parties: parties, json: row.finish(items))
    }
  }

  private func matters(_ item: Item) -> [Matter] {
    var matters: [Matter] = []
    if let judged = item.event.body as? EntityJudged {
      guard item.standing.isOpen else { return [] }
      let detail =
        judged.judgement == .same
        ? "judged the same, and yet kept apart by a judgement that they differ" : judged.reason
      return [Matter(why: "unsure-merge", what: judged.one, detail: detail, bearers: [judged.other])]
    }
    guard let claim = item.claim else { return [] }
    if let flaw = item.date?.flaw {
      let words =
        item.date?.expression ?? claim.common.when?.relative?.kind.rawValue ?? item.date?.date?.description ?? ""
      matters.append(Matter(why: Self.why(flaw), what: words, detail: Self.detail(flaw, item)))
    }
    for name in item.unclear {
      let why = name.bearers.isEmpty ? "no-entity" : "ambiguous"
      matters.append(Matter(why: why, what: name.text, bearers: name.bearers))
    }
    return matters
  }

  private static func why(_ flaw: ItemDate.Flaw) -> String {
    switch flaw {
    case .noAnchor, .coarseAnchor: "no-anchor"
    case .differs, .outOfOrder: "date-mismatch"
    case .weekday: "weekday-mismatch"
    case .month: "month-mismatch"
    }
  }

  private static func detail(_ flaw: ItemDate.Flaw, _ item: Item) -> String {
    let date = item.date?.date?.description ?? "no date"
    return switch flaw {
    case .noAnchor: "nobody knows when the document was published"
    case .coarseAnchor: "the document's date is too coarse for the words"
    case .differs(let worked): "given as \(date); from the document's date it is \(worked)"
    case .weekday(let said, let actual):
      "the words say \(WeekdayNames.english(said)); \(date) is a \(WeekdayNames.english(actual))"
    case .month(let said, let actual):
      "the words say \(MonthNames.english(said)); \(date) lies in \(MonthNames.english(actual))"
    case .outOfOrder: "\(date) contradicts the claim that it is said to come after or before"
    }
  }

  /// `candidates`: the entities that may be meant; those that go by the name, else those whose names are written much
  /// alike. They are proposals: a judgement decides.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    writer.key("candidates")
    writer.beginArray()
    let bearers = row.column("bearers")?.elements.compactMap(\.string) ?? []
    let by = row.column("why")?.equals("unsure-merge") == true ? "judgement" : "name"
    for bearer in bearers {
      let entity = try lookup(.group(view: "entities", key: GroupKey(bearer).text)).first
      write(bearer, entity, by: by, to: &writer)
    }
    if bearers.isEmpty, let why = row.column("why"), why.equals("no-entity"), let name = row.column("what")?.string {
      for entity in try lookup(.entities(like: name)) {
        write(entity.parties.first ?? entity.key, entity, by: "skeleton", to: &writer)
      }
    }
    writer.endArray()
  }

  private func write(_ id: String, _ entity: StoredRow?, by: String, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("entity", id)
    writer.member("label", entity?.column("label")?.string)
    writer.member("by", by)
    writer.endObject()
  }
}
