import Testing
import ViewTestSupport

struct SanctionsTests {
  private static func sanction(
    _ id: String, in document: String = "D1", from sender: String = "A", on target: String = "B",
    measure: String = "tariff", _ addition: String
  ) -> String {
    Line.claim(
      "sanction", id, in: document, #""sender":"\#(sender)","target":"\#(target)","measure":"\#(measure)",\#(addition)"#
    )
  }

  @Test(arguments: [
    (["eq 50", "gt 25"], "compatible", #"{"low":50,"high":50,"bound":"eq","unit":"%"}"#),
    (["approx 50", "eq 25"], "tension", #"{"low":25,"high":25,"bound":"eq","unit":"%"}"#),
    (
      ["eq 25", "eq 50"], "contradiction",
      #"[{"value":25,"bound":"eq","unit":"%"},{"value":50,"bound":"eq","unit":"%"}]"#
    ),
  ])
  func rates_of_one_day_are_compared_by_what_they_allow(
    _ claimed: [String], _ conflict: String, _ percent: String
  ) throws {
    let lines = claimed.enumerated().map { index, text in
      let parts = text.split(separator: " ")
      return Self.sanction(
        "s\(index)", in: "D\(index)", #""when":"2025-08-27","percent":{"value":\#(parts[1]),"bound":"\#(parts[0])"}"#)
    }
    let row = try Record(lines).row("sanctions")
    #expect(row["conflict"] == conflict)
    #expect(row["percent"] == percent)
  }

  @Test func sanctions_are_kept_apart_by_side_target_and_measure_and_found_by_them() throws {
    let record = try Record([
      Self.sanction("s1", #""when":"2025-08-27""#), Self.sanction("s2", from: "B", on: "A", #""when":"2025-08-27""#),
      Self.sanction("s3", measure: "asset-freeze", #""when":"2025-08-27""#),
      Self.sanction("s4", on: "C", #""when":"2025-08-27","status":"expected""#),
    ])
    #expect(try record.rows("sanctions").count == 4)
    #expect(try record.row("sanctions", ["sender": ["B"]])["claims"] == "[2]")
    #expect(try record.row("sanctions", ["target": ["C"]])["claims"] == "[4]")
    #expect(try record.row("sanctions", ["measure": ["asset-freeze"]])["claims"] == "[3]")
    #expect(try record.row("sanctions", ["status": ["expected"]])["claims"] == "[4]")
    #expect(try record.rows("sanctions") { $0.between = ("A", "B") }.count == 3)
  }

  @Test func within_a_document_the_rate_tells_undated_sanctions_apart() throws {
    let record = try Record([
      Self.sanction("s1", #""percent":{"value":25}"#), Self.sanction("s2", #""percent":{"value":50}"#),
    ])
    #expect(try record.rows("sanctions").allSatisfy { $0["conflict"] == "null" })
    #expect(try record.rows("sanctions").count == 2)
  }

  @Test func twins_have_the_same_side_and_measure_and_may_be_joined_and_parted() throws {
    let record = try Record([
      Self.sanction("s1", #""when":"2025-08""#), Self.sanction("s2", in: "D2", #""when":"2025-08-27""#),
      Self.sanction("s3", in: "D3", from: "B", on: "A", #""when":"2025-08""#),
      Self.sanction("s4", in: "D4", measure: "embargo", #""when":"2025-08""#),
    ])
    let rows = try record.rows("sanctions")
    let twins = Dictionary(uniqueKeysWithValues: rows.map { ($0["claims"], $0["twins"]) })
    let keys = Dictionary(uniqueKeysWithValues: rows.map { ($0["claims"], "[\"\($0["key"])\"]") })
    #expect(twins == ["[1]": keys["[2]"], "[2]": keys["[1]"], "[3]": "[]", "[4]": "[]"])
    try record.append(Line.link("s1", "s2"))
    let joined = try record.row("sanctions", ["sender": ["A"], "measure": ["tariff"]])
    #expect(joined["claims"] == "[1,2]")
    #expect(joined["when"] == #"["2025-08","2025-08-27"]"#)
    #expect([joined["earliest"], joined["latest"]] == ["2025-08-27", "2025-08-27"])
    try record.append(Line.link("s1", "s2", "same-occurrence", "no"))
    #expect(try record.rows("sanctions").count == 4)
  }

  @Test func a_joined_reversal_of_sides_is_a_contradiction() throws {
    let record = try Record([
      Self.sanction("s1", #""when":"2025-08-27""#),
      Self.sanction("s2", in: "D2", from: "C", #""when":"2025-08-27""#), Line.link("s1", "s2"),
    ])
    let row = try record.row("sanctions")
    #expect(row["sender"] == #"["A","C"]"#)
    #expect(row["conflict"] == "contradiction")
    for party in ["A", "B", "C"] { #expect(try record.rows("sanctions") { $0.with = [party] }.count == 1) }
  }
}
