import Claims
import EDTF
import JSON
import Projections

/// `pledges`: one row per plan, invitation, promise or target, with what came of it.
struct Pledges: Projector {
  let name = "pledges"
  let version = 2
  let indexesPairs = true
  let extends = true
  let upstream: [String]
  let filters = [
    ColumnFilter("kind"), ColumnFilter("promisor", .entity), ColumnFilter("beneficiary", .entity),
    ColumnFilter("status"), ColumnFilter("state", .computed),
  ]

  func keys(of item: Item) -> [GroupKey] {
    Pledge(item).map { [$0.key(of: item)] } ?? []
  }

  /// The pledges that a row elsewhere may fulfil: those of its parties that fall due on its days, the targets of its
  /// series, and those that a reviewer linked, whatever they speak of.
  func keys(of change: RowChange, _ lookup: RowLookup) throws(ProjectionError) -> [GroupKey] {
    var keys: Set<GroupKey> = []
    for row in change.old + change.new {
      let parties = Pledge.parties(fulfilledBy: row)
      var found: [StoredRow] = []
      switch change.view {
      case "trade-volume":
        for series in row.terms { found += try lookup(.term(view: name, term: series)) }
      case "treaties": found = try lookup(.touching(view: name, parties: parties, bounds: nil))
      default:
        if let bounds = row.bounds { found = try lookup(.touching(view: name, parties: parties, bounds: bounds)) }
      }
      if let party = parties.first {
        found += try lookup(.term(view: name, term: Pledge.linked(party))).filter { pledge in
          parties.allSatisfy(pledge.parties.contains)
        }
      }
      keys.formUnion(found.map { GroupKey(text: $0.group) })
    }
    return keys.sorted()
  }

  func fold(_ key: GroupKey, _ items: [Item], _ lookup: RowLookup) throws(ProjectionError) -> [Row] {
    let pledges = items.compactMap { item in Pledge(item).map { (item, $0) } }
    // Something called off that nobody had announced is no pledge.
    guard let (_, pledge) = pledges.first, items.contains(where: { Self.isAnnounced($0) }) else { return [] }
    let matches = try PledgeFulfilment(pledge, items).matches(lookup)
    var row = RowWriter(key)
    row.column("kind", pledge.kind.rawValue)
    row.column("promisor", pledges.map { Set($0.1.promisors) }.reduce(into: Set()) { $0.formUnion($1) }.sorted())
    row.column("beneficiary", pledges.map { Set($0.1.beneficiaries) }.reduce(into: Set()) { $0.formUnion($1) }.sorted())
    row.column("due", pledge.due?.description)
    row.bounds(pledge.dueBounds)
    row.column("status", Self.status(items))
    row.column("place", pledge.place)
    row.column("occasion", pledge.occasion)
    row.column("amount") { writer in
      if let amount = pledge.amount { amount.write(to: &writer) } else { writer.null() }
    }
    row.column("ended", Self.end(items))
    row.column("announced_by", RowWriter.attributors(items.filter { Self.isAnnounced($0) }))
    let isLinked = items.contains { !$0.review.links.isEmpty }
    if isLinked { row.column("linked") { $0.bool(true) } }
    row.column("fulfilled_by") { writer in
      writer.beginArray()
      for match in matches { Self.write(match, to: &writer) }
      writer.endArray()
    }
    let terms = (isLinked ? pledge.parties.map(Pledge.linked) : []) + [pledge.series].compactMap(\.self)
    let json = row.finish(items, restingOn: matches.map(\.row))
    return [Row(bounds: pledge.dueBounds, parties: pledge.parties, terms: terms, json: json)]
  }

  private static func isAnnounced(_ item: Item) -> Bool {
    guard let status = item.claim?.common.status else { return false }
    return status != .cancelled && status != .denied
  }

  /// The furthest stage announced; null for targets and promises, which have none.
  private static func status(_ items: [Item]) -> String? {
    let statuses = items.compactMap { $0.claim?.common.status }.filter(\.isPlan)
    return statuses.max { $0.stage < $1.stage }?.rawValue
  }

  /// How it ended before it could be fulfilled: `cancelled`, `denied` or `rescheduled`; null while it did not.
  private static func end(_ items: [Item]) -> String? {
    let statuses = items.compactMap { $0.claim?.common.status }
    if statuses.contains(.cancelled) || isTarget(of: .cancels, items) { return Status.cancelled.rawValue }
    if statuses.contains(.denied) { return Status.denied.rawValue }
    return isTarget(of: .reschedules, items) ? "rescheduled" : nil
  }

  /// Whether another claim was judged to stand in a relation to one of these.
  private static func isTarget(of relation: ReviewLinked.Relation, _ items: [Item]) -> Bool {
    items.contains { item in
      let others = Set(item.review.others(relation, .yes))
      return item.review.links.contains { $0.relation == relation && !$0.isFrom && others.contains($0.other) }
    }
  }

  private static func write(_ match: PledgeFulfilment.Match, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("view", match.row.view)
    writer.member("key", match.row.key)
    writer.key("when")
    if let when = match.row.column("when") ?? match.row.column("period") { writer.value(when) } else { writer.null() }
    writer.member("earliest", match.row.bounds?.earliest.day?.description)
    writer.member("latest", match.row.bounds?.latest.day?.description)
    writer.member("how", match.certainty == .definite ? "definite" : "possible")
    writer.endObject()
  }

  /// `state` and `days_over` on the day asked about.
  func extend(_ row: StoredRow, at day: Day, _: RowLookup, into writer: inout JSONWriter) {
    let state = PledgeState(row, at: day)
    writer.member("state", state.name)
    writer.key("days_over")
    if let days = state.daysOver { writer.int(days) } else { writer.null() }
  }
}
