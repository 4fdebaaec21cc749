/// Which of the dates of one name a text means, seen from the day of the document. `schema/dates.md`, "Relative dates", has
/// the table of rules and directions.
package enum Direction: String, Hashable, Sendable, CaseIterable {
  /// The latest one that has begun: it may hold the day.
  case past
  /// The latest one that lies wholly before the day.
  case last
  /// The first one that lies wholly after the day.
  case next
  /// The first one that is not over: it may hold the day.
  case coming
  /// The one that holds the day; where none does, the one with fewer days between.
  case nearest
  /// The one that holds the day; where none does, the one that begins in the document's calendar year.
  case this
}
