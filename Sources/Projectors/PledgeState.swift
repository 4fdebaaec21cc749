import EDTF
import JSON
import Projections

/// How a pledge stands on one day.
struct PledgeState {
  /// Days after which a pledge that nothing is known to have come of has lapsed: one year.
  static let daysUntilLapsed: Int64 = 365

  /// The state in a word.
  let name: String
  /// Days since it fell due; nil unless it is overdue or has lapsed.
  let daysOver: Int64?

  /// - Parameters:
  ///   - row: a row of `pledges`.
  ///   - day: the day on which it is judged. What came about later does not count.
  init(_ row: StoredRow, at day: Day) {
    let ways = (row.column("fulfilled_by")?.elements.map(\.self) ?? []).compactMap { Self.certainty(of: $0, by: day) }
    var daysOver: Int64?
    if ways.contains(.definite) {
      name = "fulfilled"
    } else if let end = row.column("ended")?.string {
      name = end
    } else if ways.contains(.possible) {
      name = "possibly-fulfilled"
    } else if let due = row.bounds?.latest.day, due < day {
      let days = due.days(until: day)
      name = days > Self.daysUntilLapsed ? "lapsed" : "overdue"
      daysOver = days
    } else {
      name = row.column("status")?.string ?? "open"
    }
    self.daysOver = daysOver
  }

  /// How surely something has fulfilled the pledge by the end of a day; nil where it lies ahead.
  private static func certainty(of fulfilment: JSONValue, by day: Day) -> Certainty? {
    func end(_ name: String) -> Day? {
      fulfilment[name]?.string.flatMap { try? EDTF($0) }?.bounds.earliest.day
    }
    let (earliest, latest) = (end("earliest"), end("latest"))
    if let earliest, day < earliest { return nil }
    let isOver = latest.map { $0 <= day } ?? (earliest == nil)
    return isOver && fulfilment["how"]?.equals("definite") == true ? .definite : .possible
  }
}
