import EDTF
import JSON
import Projections

/// A treaty's dates as its row tells them, for questions about one day.
struct TreatyLife {
  private let dates: [(action: String, bounds: Bounds, text: String)]

  private let plans: [(action: String, bounds: Bounds, text: String)]

  init(_ row: StoredRow) {
    plans = (row.column("planned").map { Array($0.elements) } ?? []).compactMap { plan in
      guard let action = plan["action"]?.string, let text = plan["when"]?.string, let date = try? EDTF(text) else {
        return nil
      }
      return (action, date.bounds, text)
    }
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
  /// A treaty runs through the day on which it expires. One that has an expiry and no other date is in force until
  /// then.
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

  /// Writes `next`, the first date still to come, planned or sure, and `days_to_next`, the days until then: a number,
  /// or the least and the most where the date is coarse. Null without one.
  func writeNext(after day: Day, to writer: inout JSONWriter) {
    let coming = (dates + plans).compactMap { date -> (action: String, first: Day, last: Day, text: String)? in
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
