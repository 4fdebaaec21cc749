import Testing
import ViewTestSupport

/// Rows that may tell of the same occurrence.
struct TwinsTests {
  private static func call(
    _ id: String, in document: String, _ when: String?, medium: String = "phone", parties: String = #"["A","B"]"#
  ) -> String {
    let when = when.map { #""when":"\#($0)","# } ?? ""
    return Line.claim("call", id, in: document, #"\#(when)"medium":"\#(medium)","parties":\#(parties)"#)
  }

  /// The claims of each row's twins, by the row's own claims.
  private static func twins(
    _ record: Record, _ view: String = "meetings", asOf position: UInt64? = nil
  ) throws -> [String: [String]] {
    let rows = try record.rows(view, asOf: position)
    let claims = Dictionary(uniqueKeysWithValues: rows.map { ($0["key"], $0["claims"]) })
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        let keys = row.value["twins"]?.elements.compactMap(\.string) ?? []
        return (row["claims"], keys.map { claims[$0] ?? "no row" })
      })
  }

  @Test(arguments: [
    ("2024-05", "2024-05-03", true), ("2024-05", "2024-05", true), ("2024-05", "2024-21", true),
    ("2024-05", "2024-06-01", false), ("2024-05", "2024-06", false), ("2024-05-01/2024-05-03", "2024-05-02", true),
    ("2024-05-01/2024-05-03", "2024-05-03/2024-05-05", true), ("2024-05-01", "2024-05-02", false),
    ("2024-05", nil, false), (nil, nil, true), ("2024/..", "2026-02-04", true),
  ])
  func dates_that_can_be_one_day_make_twins(_ one: String?, _ other: String?, _ areTwins: Bool) throws {
    let record = try Record([Self.call("c1", in: "D1", one), Self.call("c2", in: "D2", other)])
    #expect(try Self.twins(record) == (areTwins ? ["[1]": ["[2]"], "[2]": ["[1]"]] : ["[1]": [], "[2]": []]))
  }

  @Test func another_medium_other_parties_and_one_document_make_none() throws {
    let record = try Record([
      Self.call("c1", in: "D1", "2024-05"), Self.call("c2", in: "D2", "2024-05", medium: "video"),
      Self.call("c3", in: "D3", "2024-05", parties: #"["A","B","C"]"#),
      Self.call("c4", in: "D4", "2024-05", parties: #"["A","C"]"#), Self.call("c5", in: "D1", "2024-05-07"),
    ])
    #expect(try record.rows("meetings").allSatisfy { $0["twins"] == "[]" })
  }

  @Test func who_visits_whom_tells_visits_apart() throws {
    let record = try Record([
      Line.claim("visit", "v1", in: "D1", #""when":"2024-05","visitor":"A","host":"B""#),
      Line.claim("visit", "v2", in: "D2", #""when":"2024-05-09","visitor":"B","host":"A""#),
      Line.claim("visit", "v3", in: "D3", #""when":"2024-05-10","visitor":"A","host":"B","place":"Rome""#),
    ])
    #expect(try Self.twins(record, "visits") == ["[1]": ["[3]"], "[2]": [], "[3]": ["[1]"]])
  }

  @Test func twins_are_those_of_the_position_asked_about() throws {
    let record = try Record([
      Self.call("c1", in: "D1", "2024-05"), Self.call("c2", in: "D2", "2024-05-03"),
      Self.call("c3", in: "D3", "2024-05-04"), Line.retraction(of: "c2"),
    ])
    #expect(try Self.twins(record) == ["[1]": ["[3]"], "[3]": ["[1]"]])
    #expect(try Self.twins(record, asOf: 3)["[1]"] == ["[2]", "[3]"])
    #expect(try Self.twins(record, asOf: 1) == ["[1]": []])
  }

  @Test func a_name_that_comes_to_mean_a_party_makes_twins() throws {
    let record = try Record([
      Line.entity("X", names: "A"), Self.call("c1", in: "D1", "2024-05"),
      Self.call("c2", in: "D2", "2024-05-03", parties: #"["Alpha","B"]"#),
    ])
    #expect(try Self.twins(record) == ["[2]": [], "[3]": []])
    try record.append(Line.name("Alpha", of: "X"))
    #expect(try Self.twins(record) == ["[2]": ["[3]"], "[3]": ["[2]"]])
  }

  @Test(arguments: [
    ("yes", ["[1,2]": []]), ("no", ["[1]": [], "[2]": []]), ("unsure", ["[1]": ["[2]"], "[2]": ["[1]"]]),
  ])
  func a_judgement_joins_twins_or_parts_them(_ judgement: String, _ expected: [String: [String]]) throws {
    let record = try Record([
      Self.call("c1", in: "D1", "2024-05"), Self.call("c2", in: "D2", "2024-05-03"),
      Line.link("c1", "c2", "same-occurrence", judgement),
    ])
    #expect(try Self.twins(record) == expected)
    #expect(try Self.twins(record, asOf: 2) == ["[1]": ["[2]"], "[2]": ["[1]"]])
    try record.append(Line.retraction(of: "same-occurrence-\(judgement)-c1-c2"))
    #expect(try Self.twins(record) == ["[1]": ["[2]"], "[2]": ["[1]"]])
  }

  @Test func what_is_apart_from_one_may_be_the_twin_of_another() throws {
    let record = try Record([
      Self.call("c1", in: "D1", "2024-05"), Self.call("c2", in: "D2", "2024-05-03"),
      Self.call("c3", in: "D3", "2024-05-04"), Line.link("c2", "c1", "same-occurrence", "no"),
    ])
    #expect(try Self.twins(record) == ["[1]": ["[3]"], "[2]": [], "[3]": ["[1]"]])
  }

  @Test func ten_twins_are_named_at_the_most() throws {
    let record = try Record(
      [Self.call("c0", in: "D0", "2024-05")] + (1...12).map { Self.call("c\($0)", in: "D\($0)", "2024-05-\(9 + $0)") })
    #expect(try Self.twins(record)["[1]"] == (2...11).map { "[\($0)]" })
  }

  @Test func without_the_source_of_a_twin_there_is_none() throws {
    let record = try Record([Self.call("c1", in: "D1", "2024-05"), Self.call("c2", in: "D2", "2024-05-03")])
    #expect(try record.row("meetings") { $0.withoutSources = ["D2"] }["twins"] == "[]")
  }
}
