import Testing
import ViewTestSupport

struct DisputesTests {
  private static func meeting(_ id: String, in document: String, _ additions: String, supersedes: String? = nil)
    -> String
  {
    Line.claim(
      "meeting", id, in: document, supersedes: supersedes, #""when":"2024-05-01","parties":["A","B"],\#(additions)"#)
  }

  /// Two meetings that differ on place, format and occasion.
  private static let differing = [
    meeting("m1", in: "D1", #""place":"Paris","format":"bilateral","occasion":"summit""#),
    meeting("m2", in: "D2", #""place":"Nice","format":"trilateral","occasion":"talks""#),
  ]

  @Test func each_column_on_which_claims_differ_is_a_row() throws {
    let record = try Record(Self.differing)
    let rows = try record.rows("disputes")
    #expect(
      rows.map { "\($0["column"]) \($0["class"])" } == [
        "place tension", "format contradiction", "occasion compatible",
      ])
    let meeting = try record.row("meetings")
    for (index, row) in rows.enumerated() {
      #expect(row["view"] == "meetings")
      #expect(row["row"] == meeting["key"])
      #expect(row["key"] == "meetings/\(meeting["key"])" + (index == 0 ? "" : "#\(index + 1)"))
      #expect(row["values"] == meeting["differences/\(index)/values"])
      #expect(row["parties"] == #"["A","B"]"#)
      #expect(row["when"] == "2024-05-01")
      #expect([row["claims"], row["attributors"], row["documents"]] == ["[1,2]", #"["D1","D2"]"#, #"["D1","D2"]"#])
      #expect(row["conflict"] == "null")
    }
    #expect(rows[0]["values/0/value"] == "Nice")
    #expect(rows[0]["values/0/attributors"] == #"["D2"]"#)
    #expect(rows[0]["values/0/claims"] == "[2]")
  }

  @Test func disputes_are_found_by_view_column_class_row_party_and_date() throws {
    let record = try Record(
      Self.differing + [
        Line.claim(
          "sanction", "s1", in: "D1",
          #""when":"2025-01-01","sender":"A","target":"C","measure":"tariff","percent":{"value":10}"#),
        Line.claim(
          "sanction", "s2", in: "D2",
          #""when":"2025-01-01","sender":"A","target":"C","measure":"tariff","percent":{"value":25}"#),
      ])
    #expect(try record.rows("disputes").count == 4)
    #expect(try record.row("disputes", ["view": ["sanctions"]])["column"] == "percent")
    #expect(try record.row("disputes", ["column": ["place"]])["class"] == "tension")
    #expect(try record.rows("disputes", ["class": ["contradiction"]]).map { $0["column"] } == ["format", "percent"])
    let key = try record.row("meetings")["key"]
    #expect(try record.rows("disputes", ["row": [key]]).count == 3)
    #expect(try record.row("disputes") { $0.with = ["C"] }["view"] == "sanctions")
    let year = try DayRange.between("2024", "2024")
    #expect(try record.rows("disputes") { $0.range = year }.count == 3)
    #expect(try record.rows("disputes") { $0.documents = ["D2"] }.count == 4)
  }

  @Test func a_dispute_goes_with_the_claim_that_makes_it_and_stays_in_the_past() throws {
    let record = try Record(Self.differing)
    try record.append(Line.retraction(of: "m2"))
    #expect(try record.rows("disputes").isEmpty)
    #expect(try record.rows("disputes", asOf: 2).count == 3)
    #expect(try record.rows("disputes", asOf: 1).isEmpty)
  }

  @Test func a_replaced_claim_disputes_nothing() throws {
    let record = try Record(
      Self.differing + [
        Self.meeting("m3", in: "D2", #""place":"Paris","format":"bilateral""#, supersedes: "m2")
      ])
    #expect(try record.rows("disputes").isEmpty)
    try record.append(Line.retraction(of: "m3"))
    #expect(try record.rows("disputes").count == 3)
  }

  @Test func two_names_of_one_place_end_a_dispute() throws {
    let record = try Record([
      Self.meeting("m1", in: "D1", #""place":"Paris""#), Self.meeting("m2", in: "D2", #""place":"Lutetia""#),
    ])
    #expect(try record.row("disputes")["values/0/value"] == "Lutetia")
    try record.append(Line.entity("paris", "place", names: "Paris", "Lutetia"))
    #expect(try record.rows("disputes").isEmpty)
  }

  @Test func a_judgement_that_joins_days_makes_a_dispute_and_one_that_parts_ends_it() throws {
    let record = try Record([
      Line.claim("meeting", "m1", in: "D1", #""when":"2024-05-01","parties":["A","B"]"#),
      Line.claim("meeting", "m2", in: "D2", #""when":"2024-05-02","parties":["A","B"]"#),
    ])
    #expect(try record.rows("disputes").isEmpty)
    try record.append(Line.link("m1", "m2"))
    let row = try record.row("disputes")
    #expect(row["column"] == "when")
    #expect(row["class"] == "contradiction")
    #expect(row["when"] == #"["2024-05-01","2024-05-02"]"#)
    try record.append(Line.link("m1", "m2", "same-occurrence", "no"))
    #expect(try record.rows("disputes").isEmpty)
  }

  @Test func rows_of_a_parted_group_are_disputed_each_under_its_own_key() throws {
    let record = try Record(
      Self.differing + [
        Self.meeting("m3", in: "D3", #""place":"Rome""#), Self.meeting("m4", in: "D4", #""place":"Bari""#),
        Line.link("m1", "m3", "same-occurrence", "no"), Line.link("m1", "m4", "same-occurrence", "no"),
        Line.link("m2", "m3", "same-occurrence", "no"), Line.link("m2", "m4", "same-occurrence", "no"),
      ])
    let places = try record.rows("disputes", ["column": ["place"]])
    #expect(places.map { $0["claims"] }.sorted() == ["[1,2]", "[3,4]"])
    let keys = try Set(record.rows("meetings").map { $0["key"] })
    #expect(Set(places.map { $0["row"] }) == keys)
    #expect(try Set(record.rows("disputes").map { $0["key"] }).count == 4)
  }

  @Test func figures_are_disputed_by_their_period_and_entities_without_a_date() throws {
    func level(_ id: String, _ document: String, _ value: Int) -> String {
      Line.claim(
        "trade", id, in: document, by: ["S"],
        #""measure":"level","between":["A","B"],"flow":"turnover","period":"2020","#
          + #""amount":{"value":\#(value),"unit":"USD"}"#)
    }
    let record = try Record([
      level("t1", "D1", 100), level("t2", "D2", 120), Line.entity("E", "person", names: "E"),
      Line.event("entity.declared", "again", #"{"entity":"E","kind":"place","names":{"en":["E"]}}"#),
    ])
    let figure = try record.row("disputes", ["view": ["trade-volume"]])
    #expect(figure["when"] == "2020")
    #expect(figure["values/1/value"] == #"{"value":120,"bound":"eq","unit":"USD"}"#)
    // Both are S's own figures.
    #expect(figure["values/1/attributors"] == #"["S"]"#)
    let kind = try record.row("disputes", ["view": ["entities"]])
    #expect([kind["column"], kind["class"], kind["when"]] == ["kind", "contradiction", "null"])
  }

  @Test func without_the_source_of_one_value_there_is_no_dispute() throws {
    let record = try Record(Self.differing + [Self.meeting("m3", in: "D3", #""place":"Rome""#)])
    let rows = try record.rows("disputes") { $0.withoutSources = ["D2"] }
    #expect(rows.map { "\($0["column"]) \($0["claims"])" } == ["place [1,3]"])
    #expect(rows.map { $0["values/1/value"] } == ["Rome"])
  }

  @Test func the_example_disputes_a_duration_and_a_wording_and_contradicts_nothing() throws {
    let record = try Record(Record.example())
    let rows = try record.rows("disputes")
    #expect(
      rows.map { "\($0["view"]) \($0["column"]) \($0["class"])" }.sorted() == [
        "meetings duration compatible", "statements quote compatible",
      ])
  }
}
