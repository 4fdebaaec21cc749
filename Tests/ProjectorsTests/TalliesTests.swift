import Testing
import ViewTestSupport

/// Claims about the record, beside what the record holds.
struct TalliesTests {
  private static func call(_ id: String, _ status: String, _ when: String) -> String {
    Line.claim(
      "call", id, in: "D-\(id)", #""parties":["A","B"],"medium":"phone","status":"\#(status)","when":"\#(when)""#)
  }

  private static func tally(_ kind: String, _ value: String?, when: String = "2024-12-31", view: String = "meetings")
    -> String
  {
    let value = value.map { #","value":\#($0)"# } ?? ""
    return Line.claim(
      "tally", "tally", in: "D-tally",
      #""tally":"\#(kind)","of":{"view":"\#(view)","filters":{"between":["A","B"],"from":"2024"}},"when":"\#(when)"\#(value)"#
    )
  }

  private static let calls = [
    call("c1", "occurred", "2024-03-01"), call("c2", "occurred", "2024-05"), call("c3", "scheduled", "2024-06-01"),
    call("c4", "denied", "2024-07-01"), call("c5", "occurred", "2025-01-05"), call("c6", "occurred", "2023-01-01"),
  ]

  @Test(arguments: [
    ("count", "2", "consistent"), ("count", "8", "undercovered"), ("count", "1", "contradicted"),
    ("first", #""2024-03""#, "consistent"), ("first", #""2024-05-01""#, "contradicted"),
    ("first", #""2024-02""#, "undercovered"), ("last", #""2024-05""#, "consistent"),
    ("last", #""2024-04""#, "contradicted"), ("last", #""2024-11""#, "undercovered"),
    ("none-since", #""2024-05""#, "consistent"), ("none-since", #""2024-03""#, "contradicted"),
    ("none-since", #""2023-11""#, "contradicted"),
  ])
  func a_claim_is_judged_by_what_took_place_before_it_was_made(_ kind: String, _ value: String, _ state: String) throws
  {
    let record = try Record(Self.calls + [Self.tally(kind, value)])
    let row = try record.row("tallies")
    #expect(row["state"] == state)
    #expect(row["matched"] == "2")
    #expect((row["counterexamples"] == "[]") == (state != "contradicted"))
  }

  @Test func the_answer_is_of_the_position_asked_about() throws {
    let record = try Record([Self.tally("count", "2")] + Self.calls)
    #expect(try record.row("tallies", asOf: 1)["state"] == "undercovered")
    #expect(try record.row("tallies", asOf: 2)["coverage"] == #"{"held":1,"claimed":2}"#)
    #expect(try record.row("tallies")["state"] == "consistent")
    try record.append(Line.retraction(of: "c1"))
    #expect(try record.row("tallies", ["state": ["undercovered"]])["matched"] == "1")
  }

  @Test(arguments: ["metings", "tallies"]) func what_cannot_be_asked_is_said(_ view: String) throws {
    let row = try Record([Self.tally("count", "2", view: view)]).row("tallies")
    #expect(row["state"] == "unanswerable")
    #expect(row["reason"] != "absent")
  }

  @Test func without_a_number_there_is_nothing_to_be_wrong_about() throws {
    let row = try Record(Self.calls + [Self.tally("count", nil)]).row("tallies")
    #expect(row["state"] == "consistent" && row["coverage"] == "null" && row["planned"] == "2")
  }
}
