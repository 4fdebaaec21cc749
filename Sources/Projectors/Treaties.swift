import Claims
import EDTF
import JSON
import Projections

/// `treaties`: one row per treaty, with its dates and its state on the day asked for.
struct Treaties: Projector {
  let name = "treaties"
  let version = 1
  let filters = [ColumnFilter("treaty", .entity), ColumnFilter("state", .computed)]
  let extends = true

  /// The columns that hold the date of an action, in the order of a treaty's life.
  private static let dateColumns: [(column: String, action: TreatyClaim.Action)] = [
    ("proposed", .proposed), ("signed", .signed), ("ratified", .ratified), ("in_force", .inForce),
    ("extended", .extended), ("suspended", .suspended), ("withdrawn", .withdrawn), ("expires", .expires),
  ]

  func keys(of item: Item) -> [GroupKey] {
    guard let claim = item.event.body as? TreatyClaim else { return [] }
    return [GroupKey(item.entity(claim.treaty))]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let first = items.first, let claim = first.event.body as? TreatyClaim else { return [] }
    let treaty = first.entity(claim.treaty)
    var parties: Set<String> = []
    for case let (item, claim as TreatyClaim) in items.map({ ($0, $0.event.body) }) {
      parties.formUnion(item.entities(claim.parties))
    }
    var row = RowWriter(key)
    row.column("treaty", treaty)
    row.column("parties", parties.sorted())
    var dates: [Bounds] = []
    for (column, action) in Self.dateColumns {
      let values = distinctValues(items, order: { $0 }) { item in date(of: action, in: item)?.description }
      row.column(column, claimed: values, conflict: conflict(of: action, items))
      dates += items.compactMap { date(of: action, in: $0)?.bounds }
    }
    let claimed = distinctValues(items, order: { $0 }) { item in
      (item.event.body as? TreatyClaim).map { "\($0.action.rawValue) \($0.common.status.rawValue)" }
    }
    row.column("actions", claimed.map(\.value))
    let found = ([treaty] + parties.sorted())
    return [Row(bounds: span(dates), parties: found, json: row.finish(items))]
  }

  /// The date that a claim gives for an action. A claim that it was cancelled or denied gives none.
  private func date(of action: TreatyClaim.Action, in item: Item) -> EDTF? {
    guard let claim = item.event.body as? TreatyClaim else { return nil }
    guard claim.common.status != .denied, claim.common.status != .cancelled else { return nil }
    // An extension says until when the treaty runs now.
    if action == .expires, claim.action == .extended, let until = claim.until { return until }
    return claim.action == action ? claim.common.when?.date : nil
  }

  /// Dates of one action: compatible where they can be the same day.
  private func conflict(of action: TreatyClaim.Action, _ items: [Item]) -> Conflict {
    let dates = items.compactMap { date(of: action, in: $0)?.bounds }
    // A treaty is extended, and may be suspended, more than once.
    if action == .extended || action == .suspended { return .compatible }
    for (index, one) in dates.enumerated() {
      for other in dates[(index + 1)...] where one.coincides(other) == .impossible { return .contradiction }
    }
    return .compatible
  }

  /// From the earliest to the latest day of all dates.
  private func span(_ dates: [Bounds]) -> Bounds? {
    let days = dates.flatMap { [$0.earliest.day, $0.latest.day].compactMap(\.self) }
    guard let first = days.min(), let last = days.max() else { return nil }
    return Bounds(earliest: .day(first), latest: .day(last))
  }

  func extend(_ row: StoredRow, at day: Day, before _: RowBefore, into writer: inout JSONWriter) {
    let life = TreatyLife(row)
    writer.key("state")
    writer.string(life.state(at: day))
    life.writeNext(after: day, to: &writer)
  }
}

/// A treaty's dates as its row tells them, for questions about one day.
struct TreatyLife {
  private let dates: [(action: String, bounds: Bounds, text: String)]

  init(_ row: StoredRow) {
    let columns = ["proposed", "signed", "ratified", "in_force", "extended", "suspended", "withdrawn", "expires"]
    dates = columns.flatMap { column in
      guard let value = row.column(column) else { return [] as [(String, Bounds, String)] }
      let texts = value.kind == .array ? value.elements.compactMap(\.string) : [value.string].compactMap(\.self)
      return texts.compactMap { text in (try? EDTF(text)).map { (column, $0.bounds, text) } }
    }
  }

  /// The state on `day`: the furthest stage that the dates say was reached, `possibly-` where a date is too coarse to
  /// say; `unknown` before the first.
  ///
  /// A treaty runs through the day on which it expires. One that has an expiry and no other date is in force until then.
  func state(at day: Day) -> String {
    let today = Bounds(day)
    func reached(_ action: String) -> Certainty {
      dates.filter { $0.action == action }.map { hasHappened($0.bounds, by: today) }.max() ?? .impossible
    }
    func expired() -> Certainty {
      // The last expiry counts: an extension moves it.
      let ends = dates.filter { $0.action == "expires" }.map(\.bounds)
      return ends.map { $0.isBefore(today) }.min() ?? .impossible
    }
    let stages: [(state: String, certainty: Certainty)] = [
      ("expired", expired()), ("withdrawn", reached("withdrawn")), ("suspended", reached("suspended")),
      ("in-force", max(reached("in_force"), reached("extended"))),
      ("ratified", reached("ratified")), ("signed", reached("signed")), ("proposed", reached("proposed")),
    ]
    let runsOnlyByExpiry = !dates.isEmpty && dates.allSatisfy { $0.action == "expires" }
    var possible: String?
    for (state, certainty) in stages {
      if certainty == .definite { return possible ?? state }
      if certainty == .possible, possible == nil { possible = "possibly-\(state)" }
    }
    return possible ?? (runsOnlyByExpiry ? "in-force" : "unknown")
  }

  /// Whether what happened at some time in `bounds` has happened by the end of `today`.
  private func hasHappened(_ bounds: Bounds, by today: Bounds) -> Certainty {
    guard let tomorrow = today.earliest.day?.adding(days: 1) else { return .impossible }
    return bounds.isBefore(Bounds(tomorrow))
  }

  /// Writes `next`, the first date still to come, and `days_to_next`, the days until then: a number, or the least and
  /// the most where the date is coarse. Null without one.
  func writeNext(after day: Day, to writer: inout JSONWriter) {
    let coming = dates.compactMap { date -> (action: String, first: Day, last: Day, text: String)? in
      guard case .day(let last) = date.bounds.latest, day <= last else { return nil }
      return (date.action, date.bounds.earliest.day ?? day, last, date.text)
    }
    let next = coming.min { ($0.last, $0.action) < ($1.last, $1.action) }
    writer.key("next")
    guard let next else {
      writer.null()
      writer.key("days_to_next")
      return writer.null()
    }
    writer.beginObject()
    writer.key("action")
    writer.string(next.action)
    writer.key("when")
    writer.string(next.text)
    writer.endObject()
    writer.key("days_to_next")
    let (least, most) = (max(0, next.first.number - day.number), next.last.number - day.number)
    guard least != most else { return writer.int(least) }
    writer.beginArray()
    writer.int(least)
    writer.int(most)
    writer.endArray()
  }
}
