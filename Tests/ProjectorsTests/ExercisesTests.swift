import Testing
import ViewTestSupport

struct ExercisesTests {
  private static func exercise(
    _ id: String, in document: String = "D1", by speakers: [String] = [], supersedes: String? = nil,
    parties: String = #"["A","B"]"#, _ addition: String
  ) -> String {
    Line.claim(
      "exercise", id, in: document, by: speakers, supersedes: supersedes, #""participants":\#(parties),\#(addition)"#)
  }

  @Test func claims_of_one_day_meet_whatever_the_order_of_the_forces() throws {
    let record = try Record([
      Self.exercise("e1", #""when":"2024-05-01","place":"Ningxia""#),
      Self.exercise("e2", in: "D2", parties: #"["B","A"]"#, #""when":"2024-05-01","place":"Gansu""#),
    ])
    let row = try record.row("exercises")
    #expect(row["participants"] == #"["A","B"]"#)
    #expect(row["place"] == #"["Gansu","Ningxia"]"#)
    #expect(row["conflict"] == "tension")
    #expect(row["claims"] == "[1,2]")
    #expect(row["attributors"] == #"["D1","D2"]"#)
  }

  @Test func three_forces_are_not_two_of_them() throws {
    let record = try Record([
      Self.exercise("e1", #""when":"2024-05-01""#),
      Self.exercise("e2", in: "D2", parties: #"["A","B","C"]"#, #""when":"2024-05-01""#),
    ])
    #expect(try record.rows("exercises").count == 2)
  }

  @Test(arguments: [
    (["gt 10000", "eq 13000"], "compatible", #"{"low":13000,"high":13000,"bound":"eq","unit":"people"}"#),
    (["gt 10000", "gt 13000"], "compatible", #"{"low":13000,"high":null,"bound":"gt","unit":"people"}"#),
    (["approx 10000", "eq 13000"], "tension", #"{"low":13000,"high":13000,"bound":"eq","unit":"people"}"#),
    (
      ["gt 10000", "lt 9000"], "contradiction",
      #"[{"value":10000,"bound":"gt","unit":"people"},{"value":9000,"bound":"lt","unit":"people"}]"#
    ),
  ])
  func headcounts_are_compared_by_the_numbers_they_allow(
    _ claimed: [String], _ conflict: String, _ headcount: String
  ) throws {
    let lines = claimed.enumerated().map { index, text in
      let parts = text.split(separator: " ")
      return Self.exercise(
        "e\(index)", in: "D\(index)",
        #""when":"2024-05-01","headcount":{"value":\#(parts[1]),"bound":"\#(parts[0])"}"#)
    }
    let row = try Record(lines).row("exercises")
    #expect(row["conflict"] == conflict)
    #expect(row["headcount"] == headcount)
    #expect(row["differences/0/column"] == "headcount")
    #expect(try Record(lines).row("disputes")["class"] == conflict)
  }

  @Test func a_named_exercise_and_an_unnamed_one_stand_apart_as_twins() throws {
    let record = try Record([
      Self.exercise("e1", #""when":"2024-05-01","exercise":"Vostok""#),
      Self.exercise("e2", in: "D2", #""when":"2024-05-01""#),
    ])
    let rows = try record.rows("exercises")
    try #require(rows.count == 2)
    #expect(rows[0]["twins"] == "[\"\(rows[1]["key"])\"]")
    #expect(rows[1]["twins"] == "[\"\(rows[0]["key"])\"]")
    try record.append(Line.link("e1", "e2"))
    let row = try record.row("exercises")
    #expect(row["exercise"] == "Vostok")
    #expect(row["claims"] == "[1,2]")
    #expect(row["conflict"] == "null")
  }

  @Test func two_names_make_two_exercises_that_are_no_twins() throws {
    let record = try Record([
      Self.exercise("e1", #""when":"2024-05","exercise":"Vostok""#),
      Self.exercise("e2", in: "D2", #""when":"2024-05-03","exercise":"Zapad""#),
    ])
    #expect(try record.rows("exercises").map { $0["twins"] } == ["[]", "[]"])
  }

  @Test(arguments: [("2024-05", "2024-05-03", true), ("2024-05", "2024-06-03", false), ("2024-05", "2024", true)])
  func coarse_dates_of_two_documents_make_twins_where_they_can_be_one(
    _ one: String, _ other: String, _ areTwins: Bool
  ) throws {
    let record = try Record([
      Self.exercise("e1", #""when":"\#(one)""#), Self.exercise("e2", in: "D2", #""when":"\#(other)""#),
    ])
    let rows = try record.rows("exercises")
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { ($0["twins"] != "[]") == areTwins })
  }

  @Test func within_a_document_the_place_tells_coarsely_dated_exercises_apart() throws {
    let record = try Record([
      Self.exercise("e1", #""when":"2024-05","place":"Ningxia""#),
      Self.exercise("e2", #""when":"2024-05","place":"Gansu""#),
      Self.exercise("e3", #""when":"2024-05","place":"Ningxia""#),
    ])
    #expect(try record.rows("exercises").map { $0["claims"] }.sorted() == ["[1,3]", "[2]"])
  }

  @Test func a_replaced_or_withdrawn_claim_leaves_the_view() throws {
    let record = try Record([
      Self.exercise("e1", #""when":"2024-05-01","place":"Ningxia""#),
      Self.exercise("e2", supersedes: "e1", #""when":"2024-05-02","place":"Ningxia""#),
    ])
    #expect(try record.row("exercises")["when"] == "2024-05-02")
    try record.append(Line.retraction(of: "e2"))
    #expect(try record.row("exercises")["when"] == "2024-05-01")
    try record.append(Line.retraction(of: "e1"))
    #expect(try record.rows("exercises").isEmpty)
    #expect(try record.row("exercises", asOf: 1)["when"] == "2024-05-01")
  }

  @Test func exercises_are_found_by_name_place_status_and_forces() throws {
    let record = try Record([
      Line.entity("vostok", "exercise", names: "Vostok"), Line.entity("CHN", "country", names: "China"),
      Self.exercise("e1", parties: #"["China","B"]"#, #""when":"2024-05-01","exercise":"vostok""#),
      Self.exercise("e2", #""when":"2024-06-01","place":"Gansu","status":"scheduled""#),
    ])
    #expect(try record.row("exercises", ["exercise": ["Vostok"]])["claims"] == "[3]")
    #expect(try record.row("exercises", ["place": ["Gansu"]])["claims"] == "[4]")
    #expect(try record.row("exercises", ["status": ["scheduled"]])["claims"] == "[4]")
    #expect(try record.row("exercises") { $0.between = ("B", "China") }["participants"] == #"["B","CHN"]"#)
  }
}
