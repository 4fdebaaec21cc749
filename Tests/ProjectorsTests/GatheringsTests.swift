import Testing
import ViewTestSupport

struct GatheringsTests {
  private static func gathering(
    _ id: String, in document: String = "D1", of attendees: String, _ addition: String
  ) -> String {
    Line.claim("gathering", id, in: document, #""gathering":"G","attendees":\#(attendees),\#(addition)"#)
  }

  @Test func who_came_and_who_is_to_come_stand_in_one_row_each_with_their_own_status() throws {
    let record = try Record([
      Self.gathering("g1", of: #"["A"]"#, #""when":"2024-05-01""#),
      Self.gathering("g2", in: "D2", of: #"["B","A"]"#, #""when":"2024-05-01","status":"scheduled""#),
      Self.gathering("g3", in: "D3", of: #"["C"]"#, #""when":"2024-05-01","status":"cancelled""#),
    ])
    let row = try record.row("gatherings")
    #expect(row["attendees"] == #"["A","B","C"]"#)
    #expect(
      row["attendance"] == #"[{"attendee":"A","status":"occurred","claims":[1,2]},"#
        + #"{"attendee":"B","status":"scheduled","claims":[2]},{"attendee":"C","status":"cancelled","claims":[3]}]"#)
    #expect(row["status"] == "occurred")
    #expect(row["conflict"] == "null")
  }

  @Test func only_of_one_attendee_can_claims_contradict_each_other() throws {
    let record = try Record([
      Self.gathering("g1", of: #"["A","B"]"#, #""when":"2024-05-01""#),
      Self.gathering("g2", in: "D2", of: #"["B"]"#, #""when":"2024-05-01","status":"denied""#),
    ])
    let row = try record.row("gatherings")
    #expect(row["conflict"] == "contradiction")
    #expect(row["attendance/0/status"] == "occurred")
    #expect(row["attendance/1/status"] == #"["occurred","denied"]"#)
    #expect(row["differences/0/column"] == "attendance")
    #expect(row["differences/0/values/1/value"] == #"{"attendee":"B","status":"denied"}"#)
    #expect(row["differences/0/values/1/attributors"] == #"["D2"]"#)
    #expect(row["differences/1"] == "absent")
  }

  @Test(arguments: [
    (["cancelled"], "cancelled"), (["cancelled", "accepted"], "accepted"), (["scheduled", "ongoing"], "ongoing"),
    (["denied", "expected", "invited"], "invited"),
  ])
  func that_one_stays_away_does_not_cancel_a_gathering(_ claimed: [String], _ status: String) throws {
    let lines = claimed.enumerated().map { index, status in
      Self.gathering("g\(index)", of: "[\"P\(index)\"]", #""when":"2024-05-01","status":"\#(status)""#)
    }
    #expect(try Record(lines).row("gatherings")["status"] == status)
  }

  @Test func a_gathering_of_many_is_found_by_any_two_of_them() throws {
    let many = "[" + (0..<11).map { "\"P\($0)\"" }.joined(separator: ",") + "]"
    let record = try Record([
      Self.gathering("g1", of: many, #""when":"2024-05-01","headcount":{"value":25,"bound":"approx"}"#),
      Self.gathering("g2", of: #"["P1","P2"]"#, #""when":"2024-06-01""#),
    ])
    let found = try record.rows("gatherings") { $0.between = ("P9", "P1") }
    #expect(found.map { $0["claims"] } == ["[1]"])
    #expect(found[0]["headcount"] == #"{"low":25,"high":25,"bound":"approx","unit":"people"}"#)
    #expect(try record.rows("gatherings") { $0.between = ("P2", "P1") }.count == 2)
  }

  @Test func rows_of_one_gathering_in_two_documents_are_twins_whoever_attends() throws {
    let record = try Record([
      Self.gathering("g1", of: #"["A"]"#, #""when":"2024-05""#),
      Self.gathering("g2", in: "D2", of: #"["B"]"#, #""when":"2024-05-09""#),
      Self.gathering("g3", in: "D3", of: #"["A"]"#, #""when":"2025-05-09""#),
      Line.claim("gathering", "g4", in: "D4", #""gathering":"H","attendees":["A","G"],"when":"2024-05-09""#),
    ])
    let rows = try record.rows("gatherings", ["gathering": ["G"]])
    #expect(rows.map { $0["claims"] } == ["[1]", "[2]", "[3]"])
    let keys = rows.map { "[\"\($0["key"])\"]" }
    #expect(rows.map { $0["twins"] } == [keys[1], keys[0], "[]"])
    try record.append(Line.link("g1", "g2", "same-occurrence", "no"))
    #expect(try record.rows("gatherings", ["gathering": ["G"]]).allSatisfy { $0["twins"] == "[]" })
  }

  @Test func a_withdrawn_claim_takes_its_attendees_along() throws {
    let record = try Record([
      Self.gathering("g1", of: #"["A"]"#, #""when":"2024-05-01","place":"Rome""#),
      Self.gathering("g2", in: "D2", of: #"["B"]"#, #""when":"2024-05-01""#), Line.retraction(of: "g1"),
    ])
    let row = try record.row("gatherings")
    #expect(row["attendees"] == #"["B"]"#)
    #expect(row["place"] == "null")
    #expect(try record.rows("gatherings") { $0.with = ["A"] }.isEmpty)
  }
}
