import Claims
import EDTF
import JSON
import Projections

/// `meetings`: one row per contact of a set of leaders, by call, by video or in person.
struct Meetings: Projector {
  let name = "meetings"
  let version = 2
  let indexesPairs = true
  let filters = [ColumnFilter("medium"), ColumnFilter("status"), ColumnFilter("place", .entity)]
  let extends = true
  let joins: ReviewLinked.Relation? = .sameOccurrence

  func keys(of item: Item) -> [GroupKey] {
    switch item.event.body {
    case let call as CallClaim:
      return [GroupKey(parties: item.entities(call.parties), call.medium.rawValue, Occurrence.key(of: item))]
    case let meeting as MeetingClaim:
      return [GroupKey(parties: item.entities(meeting.parties), "in-person", Occurrence.key(of: item))]
    default: return []
    }
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    Occurrence.rows(key, items) { row, items in
      // One leader may stand there under two spellings; of joined claims, one may name more leaders than another.
      let parties = Set(items.flatMap { self.parties($0) }).sorted()
      row.column("parties", parties)
      let media = distinctValues(items, order: { $0 }) { item in
        (item.event.body as? CallClaim)?.medium.rawValue ?? "in-person"
      }
      row.column("medium", claimed: media, conflict: .contradiction)
      let status = Occurrence.status(items)
      row.column("status", claimed: status.values, conflict: status.conflict)
      let bounds = Occurrence.writeDates(items, to: &row)
      let places = distinctValues(items, order: { $0 }) { item in
        EntityReference.resolve((item.event.body as? MeetingClaim)?.place, in: item)
      }
      row.column("place", claimed: places, conflict: .tension)
      let durations = distinctValues(items, order: \.orderText) { duration($0) }
      QuantityColumn.writeRange("duration", durations, to: &row)
      let formats = distinctValues(items, order: { $0 }) { item in
        (item.event.body as? MeetingClaim)?.format?.rawValue
      }
      row.column("format", claimed: formats, conflict: .contradiction)
      let occasions = distinctValues(items, order: { $0 }) { item in (item.event.body as? MeetingClaim)?.occasion }
      row.column("occasion", claimed: occasions, conflict: .compatible)
      row.column("topics", Set(items.flatMap { topics($0) }).sorted())
      return Occurrence.Folded(bounds: bounds, parties: parties)
    }
  }

  private func parties(_ item: Item) -> [String] {
    item.entities(item.claim?.participants ?? [])
  }

  private func topics(_ item: Item) -> [String] {
    switch item.event.body {
    case let call as CallClaim: call.topics
    case let meeting as MeetingClaim: meeting.topics
    default: []
    }
  }

  private func duration(_ item: Item) -> Quantity? {
    switch item.event.body {
    case let call as CallClaim: call.duration
    case let meeting as MeetingClaim: meeting.duration
    default: nil
    }
  }

  /// `previous`: the contact of the same parties that took place before this one, by definite order; null without one.
  /// `twins`: contacts of other documents that may be the same.
  func extend(
    _ row: StoredRow, at _: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError) {
    writer.key("previous")
    try writePrevious(row, lookup, to: &writer)
    try Twins.write(row, sharing: ["medium"], lookup, to: &writer)
  }

  private func writePrevious(
    _ row: StoredRow, _ lookup: RowLookup, to writer: inout JSONWriter
  ) throws(ProjectionError) {
    guard let bounds = row.bounds else { return writer.null() }
    let previous = try lookup(
      .before(row) { candidate in
        guard candidate.parties == row.parties, let earlier = candidate.bounds else { return false }
        return earlier.isBefore(bounds) == .definite && candidate.column("status")?.equals("occurred") == true
      }
    ).first
    guard let previous else { return writer.null() }
    writer.beginObject()
    writer.key("key")
    writer.string(previous.key)
    for name in ["medium", "when"] {
      writer.key(name)
      if let value = previous.column(name) { writer.value(value) } else { writer.null() }
    }
    writer.endObject()
  }
}
