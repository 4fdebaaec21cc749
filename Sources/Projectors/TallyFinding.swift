import EDTF
import JSON
import Projections

/// What the record says to a claim about itself.
///
/// A record holds what was sent to it, not all that happened: fewer rows than claimed mean that it covers less
/// (`undercovered`); more, or one that the claim rules out, contradict the claim.
struct TallyFinding {
  /// Counterexamples named at the most.
  private static let mostExamples = 10

  private enum State: String {
    case consistent, undercovered, contradicted
    /// The question cannot be asked: no such view, or no such filter.
    case unanswerable
  }

  /// Rows found that took place, and those that were only announced.
  private var matched: [StoredRow] = []
  private var planned = 0
  private var claimedCount: Int?
  private var found: String?
  private var counterexamples: [StoredRow] = []
  private var state = State.consistent
  private var reason: String?

  /// A question that cannot be asked, and why.
  init(unanswerable reason: String) {
    state = .unanswerable
    self.reason = reason
  }

  /// - Parameters:
  ///   - tally: a row of `tallies`.
  ///   - rows: the rows that its question finds, in order of time.
  init(of tally: StoredRow, in rows: [StoredRow]) {
    let end = tally.bounds?.latest.day
    // What came after the claim was made says nothing to it.
    let earlier = rows.filter { row in
      guard let end, let first = row.bounds?.earliest.day else { return true }
      return first <= end
    }
    matched = earlier.filter(Self.tookPlace)
    planned = earlier.count - matched.count
    let claimed = tally.column("claimed")
    switch tally.column("tally")?.string {
    case "count": count(claimed?.int.map { Int($0) })
    case "first": first(claimed?.string ?? tally.column("when")?.string)
    case "last": last(claimed?.string ?? tally.column("when")?.string)
    default: noneSince(claimed?.string)
    }
  }

  /// Rows of views that know no status count as they are.
  private static func tookPlace(_ row: StoredRow) -> Bool {
    guard let status = row.column("status") else { return true }
    return status.equals("occurred") || status.equals("ongoing")
  }

  /// Plans count neither for nor against: a call that was only announced may have been one of the eight.
  private mutating func count(_ claimed: Int?) {
    claimedCount = claimed
    guard let claimed else { return }
    if matched.count > claimed {
      state = .contradicted
      counterexamples = matched
    } else if matched.count < claimed {
      state = .undercovered
    }
  }

  private mutating func first(_ claimed: String?) {
    let dated = matched.filter { $0.bounds != nil }
    found = dated.first?.column("when")?.string
    judge(claimed, dated) { row, date in row.isBefore(date) == .definite }
  }

  private mutating func last(_ claimed: String?) {
    let dated = matched.filter { $0.bounds != nil }
    found = dated.last?.column("when")?.string
    judge(claimed, dated) { row, date in date.isBefore(row) == .definite }
  }

  private mutating func noneSince(_ claimed: String?) {
    guard let claimed, let since = try? EDTF(claimed) else { return }
    counterexamples = matched.filter { row in row.bounds.map { since.bounds.isBefore($0) == .definite } ?? false }
    let before = matched.filter { row in row.bounds.map { since.bounds.isBefore($0) != .definite } ?? false }
    found = before.last?.column("when")?.string
    if !counterexamples.isEmpty { state = .contradicted } else if found == nil { state = .undercovered }
  }

  /// Contradicted by rows that a predicate puts on the wrong side of the date; undercovered where no row has the date.
  private mutating func judge(
    _ claimed: String?, _ rows: [StoredRow], isWrong: (Bounds, Bounds) -> Bool
  ) {
    guard let claimed, let date = try? EDTF(claimed) else { return }
    counterexamples = rows.filter { row in row.bounds.map { isWrong($0, date.bounds) } ?? false }
    if !counterexamples.isEmpty {
      state = .contradicted
    } else if !rows.contains(where: { $0.bounds.map { $0.coincides(date.bounds) != .impossible } ?? false }) {
      state = .undercovered
    }
  }

  /// Writes `matched` (how many rows found took place), `planned` (how many did not, so far), `coverage` (of a count: how
  /// many the record holds of how many claimed), `found` (of a date: the one the record has), `counterexamples`, and
  /// `state`, with `reason` where it cannot be asked.
  func write(to writer: inout JSONWriter) {
    writer.key("matched")
    writer.int(matched.count)
    writer.key("planned")
    writer.int(planned)
    writer.key("coverage")
    if let claimedCount {
      writer.beginObject()
      writer.key("held")
      writer.int(matched.count)
      writer.key("claimed")
      writer.int(claimedCount)
      writer.endObject()
    } else {
      writer.null()
    }
    writer.member("found", found)
    writer.key("counterexamples")
    writer.beginArray()
    for row in counterexamples.prefix(Self.mostExamples) {
      writer.beginObject()
      writer.member("key", row.key)
      writer.key("when")
      if let when = row.column("when") { writer.value(when) } else { writer.null() }
      writer.endObject()
    }
    writer.endArray()
    writer.member("state", state.rawValue)
    if let reason { writer.member("reason", reason) }
  }
}
