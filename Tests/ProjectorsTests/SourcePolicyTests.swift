import Testing
import ViewTestSupport

/// Answers without some sources: what the rest of the claims supports.
struct SourcePolicyTests {
  private static func call(_ id: String, in document: String, by speakers: [String], minutes: Int) -> String {
    Line.claim(
      "call", id, in: document, by: speakers,
      #""parties":["A","B"],"medium":"phone","when":"2024-05-01","duration":{"value":\#(minutes)}"#)
  }

  private static let lines = [
    Line.document("D1", publisher: "Gazette"), Line.entity("agency", "organisation", names: "The Agency"),
    call("c1", in: "D1", by: ["The Agency"], minutes: 60), call("c2", in: "D2", by: ["Tass"], minutes: 90),
    call("c3", in: "D3", by: ["Tass", "Kremlin"], minutes: 90),
  ]

  @Test(arguments: [
    ([], #"[3,4,5] [{"value":60,"bound":"eq","unit":"min"},{"value":90,"bound":"eq","unit":"min"}] contradiction"#),
    (["Tass"], #"[3] {"low":60,"high":60,"bound":"eq","unit":"min"} null"#),
    (
      ["Kremlin"],
      #"[3,4] [{"value":60,"bound":"eq","unit":"min"},{"value":90,"bound":"eq","unit":"min"}] contradiction"#
    ),
    (["the agency"], #"[4,5] {"low":90,"high":90,"bound":"eq","unit":"min"} null"#),
    (["Gazette"], #"[4,5] {"low":90,"high":90,"bound":"eq","unit":"min"} null"#),
    (["D2"], #"[3,5] [{"value":60,"bound":"eq","unit":"min"},{"value":90,"bound":"eq","unit":"min"}] contradiction"#),
    (["Tass", "agency"], ""),
  ])
  func claims_that_came_through_a_source_do_not_count(_ sources: [String], _ expected: String) throws {
    let record = try Record(Self.lines)
    let rows = try record.rows("meetings") { $0.withoutSources = sources }
    #expect(rows.map { "\($0["claims"]) \($0["duration"]) \($0["conflict"])" }.joined(separator: "; ") == expected)
  }

  @Test func an_answer_without_a_source_is_that_of_a_record_without_its_claims() throws {
    let record = try Record(Record.example())
    let cut = try Record(try Record.example().filter { !$0.contains(#""attribution":["كارنيغي"]"#) })
    for view in ["meetings", "visits", "trade-volume", "treaties", "exercises", "pledges", "gatherings", "disputes"] {
      func shown(_ rows: [AnsweredRow]) -> [String] {
        rows.map { "\($0["key"]) \($0["when"]) \($0["attributors"]) \($0["conflict"]) \($0["implied"])" }
      }
      let rows = try record.rows(view) { $0.withoutSources = ["carnegie"] }
      #expect(try shown(rows) == shown(cut.rows(view)), "\(view)")
    }
  }

  @Test func a_number_of_sources_is_counted_after_some_are_left_out() throws {
    let record = try Record(Self.lines)
    #expect(try record.rows("meetings") { $0.minAttributors = 3 }.count == 1)
    let left = try record.rows("meetings") {
      $0.minAttributors = 3
      $0.withoutSources = ["agency"]
    }
    #expect(left.isEmpty)
  }

  @Test func what_a_plan_came_to_is_judged_without_them_too() throws {
    let plan = Line.claim(
      "visit", "p", by: ["P"], #""visitor":"V","host":"H","status":"scheduled","when":"2024-05-01""#)
    let outcome = Line.claim("visit", "o", in: "D2", by: ["O"], #""visitor":"V","host":"H","when":"2024-05-01""#)
    let record = try Record([plan, outcome])
    #expect(try record.row("pledges", at: "2024-06-01")["state"] == "fulfilled")
    #expect(try record.row("pledges", at: "2024-06-01") { $0.withoutSources = ["O"] }["state"] == "overdue")
    #expect(try record.rows("pledges", at: "2024-06-01") { $0.withoutSources = ["P"] }.isEmpty)
  }
}
