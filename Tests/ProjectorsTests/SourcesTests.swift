import Testing
import ViewTestSupport

/// How a source fared: what it claimed, had to correct, and announced.
struct SourcesTests {
  private static func counts(_ record: Record, _ source: String, asOf position: UInt64? = nil) throws -> String {
    let rows = try record.rows("sources", asOf: position).filter { $0["source"] == source }
    guard let row = rows.first else { return "none" }
    let counters = ["made", "standing", "corrected", "retracted", "plans", "fulfilled", "possibly_fulfilled", "ended"]
    return counters.map { row[$0] }.joined(separator: " ")
  }

  private static func visit(
    _ id: String, by source: String, supersedes: String? = nil, _ status: String, _ when: String
  )
    -> String
  {
    Line.claim(
      "visit", id, in: "D-\(source)", by: [source], supersedes: supersedes,
      #""visitor":"V","host":"H","status":"\#(status)","when":"\#(when)""#)
  }

  @Test func claims_are_counted_as_they_stand() throws {
    let record = try Record([
      Self.visit("a", by: "S", "occurred", "2024-01-01"), Self.visit("b", by: "S", "occurred", "2024-01-02"),
      Self.visit("c", by: "S", supersedes: "b", "occurred", "2024-01-03"), Line.retraction(of: "a"),
    ])
    #expect(try Self.counts(record, "S", asOf: 2) == "2 2 0 0 0 0 0 0")
    #expect(try Self.counts(record, "S", asOf: 3) == "3 2 1 0 0 0 0 0")
    #expect(try Self.counts(record, "S") == "3 1 1 1 0 0 0 0")
    // Without the last of the chain, what it replaced stands again.
    try record.append(Line.retraction(of: "c"))
    #expect(try Self.counts(record, "S") == "3 1 0 2 0 0 0 0")
  }

  @Test func plans_count_for_who_announced_them_by_what_came_of_them() throws {
    let record = try Record([
      Self.visit("p1", by: "S", "expected", "2024-05"), Self.visit("p2", by: "T", "scheduled", "2024-07-01"),
      Self.visit("p3", by: "S", "accepted", "2024-09"),
    ])
    #expect(try Self.counts(record, "S") == "2 2 0 0 2 0 0 0")
    try record.append(Self.visit("o1", by: "U", "occurred", "2024-05-09"))
    try record.append(Self.visit("o2", by: "U", "cancelled", "2024-07-01"))
    try record.append(Self.visit("o3", by: "U", "occurred", "2024"))
    #expect(try Self.counts(record, "S") == "2 2 0 0 2 1 1 0")
    #expect(try Self.counts(record, "T") == "1 1 0 0 1 0 0 1")
    #expect(try Self.counts(record, "U") == "3 3 0 0 0 0 0 0")
    #expect(try Self.counts(record, "S", asOf: 3) == "2 2 0 0 2 0 0 0")
  }

  @Test func counts_go_with_the_name_of_the_source() throws {
    let record = try Record([
      Self.visit("a", by: "Gazette", "occurred", "2024-01-01"),
      Self.visit("b", by: "The Gazette", "occurred", "2024-01-02"),
    ])
    #expect(try Self.counts(record, "Gazette") == "1 1 0 0 0 0 0 0")
    try record.append(Line.entity("gazette", "organisation", names: "Gazette", "The Gazette"))
    #expect(try Self.counts(record, "gazette") == "2 2 0 0 0 0 0 0")
    #expect(try Self.counts(record, "Gazette") == "none")
  }
}
