import Claims
import EDTF
import EventLog
import JSON
import Projections
import Projectors
import TestSupport
import Testing

/// No row knows a date better than its claims.
struct DatePropertyTests {
  private struct Dated {
    let when: JSONValue?
    let earliest: Day?
    let latest: Day?

    init(_ row: JSONValue) {
      func day(_ name: String) -> Day? {
        row[name]?.string.flatMap { try? EDTF($0) }?.bounds.earliest.day
      }
      (when, earliest, latest) = (row["when"], day("earliest"), day("latest"))
    }

    /// Days from the earliest to the latest; nil where an end is open or nobody said.
    var days: Int64? { earliest.flatMap { first in latest.map { first.days(until: $0) } } }

    var texts: Set<String> {
      guard let when else { return [] }
      return Set(when.kind == .array ? when.elements.compactMap(\.string) : [when.string].compactMap(\.self))
    }
  }

  /// Views whose rows tell when something was.
  private static let views = [
    "meetings", "visits", "gatherings", "exercises", "sanctions", "statements", "pledges", "tallies", "timeline",
  ]

  @Test func no_row_has_a_date_finer_than_its_claims() throws {
    let log = try ViewLog()
    try log.append(RandomLog(count: 300, SeededGenerator("finer")).lines)
    let parser = JSONParser()
    func rows(_ view: String) throws -> [JSONValue] {
      try log.rows(view).map { text in try parser.parse(Array(text.utf8)).root }
    }
    var claims: [Int64: Dated] = [:]
    for row in try rows("timeline") {
      claims[try #require(row["claims"]?.elements.map(\.int).first ?? nil)] = Dated(row)
    }
    for view in Self.views {
      for row in try rows(view) {
        let shown = Dated(row)
        let resting = (row["claims"]?.elements.compactMap(\.int) ?? []).compactMap { claims[$0] }
        #expect(shown.texts.isSubset(of: resting.reduce(into: Set()) { $0.formUnion($1.texts) }), "\(view)")
        guard let days = shown.days else { continue }
        // Some claim says as much; of an undated row none does.
        #expect(
          resting.contains { ($0.days ?? .max) <= days }, "\(view) \(String(decoding: row.rawText, as: UTF8.self))")
      }
    }
    try log.close()
  }

  @Test func an_undated_claim_never_gets_a_date() throws {
    let log = try ViewLog()
    let lines = RandomLog(count: 300, SeededGenerator("undated")).lines
    try log.append(lines)
    let parser = JSONParser()
    let events = try lines.map { try parser.parse(Array($0.utf8)).root }
    var count = 0
    for position in stride(from: 20, through: lines.count, by: 40) {
      for text in try log.rows("timeline", asOf: UInt64(position)) {
        let row = try parser.parse(Array(text.utf8)).root
        let claim = Int(try #require(row["claims"]?.elements.map(\.int).first ?? nil))
        let when = events[claim - 1]["data"]?["when"]
        let isDated = when?.string != nil || when?["edtf"] != nil || when?["relative"] != nil
        guard !isDated else { continue }
        count += 1
        #expect(row["when"]?.isNull == true)
        guard when?["after"] == nil, when?["before"] == nil else { continue }
        #expect(row["earliest"]?.isNull == true && row["latest"]?.isNull == true)
      }
    }
    #expect(count > 0)
    try log.close()
  }
}
