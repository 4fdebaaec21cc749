import Testing
import ViewTestSupport

struct TimelineTests {
  private static let lines = [
    Line.entity("A", names: "Anna"),
    Line.claim("call", "c1", #""when":"2024-05-02","medium":"phone","parties":["Anna","B"],"status":"scheduled""#),
    Line.claim("visit", "v1", #""when":"2024-05-01","visitor":"B","host":"C","level":"state""#),
    Line.claim("meeting", "m1", #""parties":["A","B","C"],"format":"trilateral","occasion":"summit""#),
    Line.claim("treaty", "y1", #""when":{"edtf":"2024-04","aspect":"deadline"},"treaty":"T","action":"ratified""#),
    Line.claim(
      "trade", "t1",
      #""measure":"change","between":["B","C"],"flow":"exports","commodity":"oil","period":"2020","#
        + #""percent":{"value":5}"#
    ),
  ]

  @Test func every_claim_has_one_row_in_the_order_of_time() throws {
    let rows = try Record(Self.lines).rows("timeline")
    // A deadline begins openly, so it comes first; what has no date comes last.
    #expect(rows.map { $0["key"] } == ["5", "3", "2", "4", "6"])
    #expect(rows.map { $0["when"] } == ["2024-04", "2024-05-01", "2024-05-02", "null", "null"])
    #expect(
      rows.map { $0["summary"] } == [
        "treaty ratified", "state visit", "phone call", "trilateral meeting, summit", "exports oil 2020 5 %",
      ])
    #expect(rows[0]["aspect"] == "deadline")
    #expect(rows[0]["earliest"] == "null")
    #expect(rows[0]["latest"] == "2024-04-30")
  }

  @Test func rows_are_found_by_type_status_and_party() throws {
    let record = try Record(Self.lines)
    #expect(try record.rows("timeline", ["type": ["claim.visit", "claim.trade"]]).map { $0["key"] } == ["3", "6"])
    #expect(try record.rows("timeline", ["status": ["scheduled"]]).map { $0["key"] } == ["2"])
    #expect(try record.rows("timeline") { $0.with = ["Anna"] }.map { $0["key"] } == ["2", "4"])
    #expect(try record.rows("timeline") { $0.with = ["B", "C"] }.map { $0["key"] } == ["3", "4", "6"])
    #expect(try record.rows("timeline") { $0.between = ("C", "A") }.map { $0["key"] } == ["4"])
  }
}
