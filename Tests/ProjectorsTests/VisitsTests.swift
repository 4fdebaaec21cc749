import Testing
import ViewTestSupport

struct VisitsTests {
  private static func visit(_ id: String, in document: String = "D1", _ addition: String) -> String {
    Line.claim("visit", id, in: document, #""visitor":"V","host":"H",\#(addition)"#)
  }

  @Test func a_plan_and_its_outcome_stand_side_by_side() throws {
    let record = try Record([
      Self.visit("v1", #""when":"2024-05-01","status":"invited""#),
      Self.visit("v2", in: "D2", #""when":"2024-05-01?","status":"scheduled""#),
      Self.visit("v3", in: "D3", #""when":"2024-05-01""#),
    ])
    let row = try record.row("visits")
    #expect(row["status"] == "occurred")
    #expect(row["plan"] == #"{"status":"scheduled","when":"2024-05-01?","claims":[2]}"#)
    #expect(row["outcome"] == #"{"status":"occurred","when":"2024-05-01","claims":[3]}"#)
  }

  @Test func a_visit_that_occurred_and_was_cancelled_is_a_contradiction() throws {
    let record = try Record([
      Self.visit("v1", #""when":"2024-05-01""#),
      Self.visit("v2", in: "D2", #""when":"2024-05-01","status":"cancelled""#),
    ])
    let row = try record.row("visits")
    #expect(row["status"] == #"["occurred","cancelled"]"#)
    #expect(row["conflict"] == "contradiction")
  }

  @Test func two_places_are_in_tension_and_two_levels_contradict() throws {
    let record = try Record([
      Self.visit("v1", #""when":"2024-05-01","place":"Rome""#),
      Self.visit("v2", in: "D2", #""when":"2024-05-01","place":"Milan""#),
    ])
    #expect(try record.row("visits")["conflict"] == "tension")
    try record.append(
      Self.visit("v3", in: "D3", #""when":"2024-05-01","level":"state""#),
      Self.visit("v4", in: "D4", #""when":"2024-05-01","level":"working""#))
    let row = try record.row("visits")
    #expect(row["conflict"] == "contradiction")
    #expect(row["level"] == #"["state","working"]"#)
  }

  @Test func within_a_document_place_and_occasion_tell_coarse_visits_apart() throws {
    let record = try Record([
      Self.visit("v1", #""when":"2024-05","place":"Rome""#), Self.visit("v2", #""when":"2024-05","place":"Milan""#),
      Self.visit("v3", #""when":"2024-05","place":"Rome","occasion":"fair""#),
      Self.visit("v4", #""when":"2024-05","place":"Rome""#),
    ])
    #expect(try record.rows("visits").map { $0["claims"] }.sorted() == ["[1,4]", "[2]", "[3]"])
  }

  @Test func visits_are_found_by_visitor_host_place_level_and_status() throws {
    let record = try Record([
      Line.entity("rome", "place", names: "Rome"),
      Self.visit("v1", #""when":"2024-05-01","place":"rome","level":"state""#),
      Line.claim("visit", "v2", #""visitor":"H","host":"V","when":"2024-06-01","status":"expected""#),
    ])
    #expect(try record.row("visits", ["visitor": ["V"]])["claims"] == "[2]")
    #expect(try record.row("visits", ["host": ["V"]])["claims"] == "[3]")
    #expect(try record.row("visits", ["place": ["Rome"]])["claims"] == "[2]")
    #expect(try record.row("visits", ["level": ["state", "working"]])["claims"] == "[2]")
    #expect(try record.row("visits", ["status": ["expected"]])["claims"] == "[3]")
    #expect(try record.rows("visits", ["status": ["expected"], "level": ["state"]]).isEmpty)
    #expect(try record.rows("visits") { $0.between = ("H", "V") }.count == 2)
  }
}
