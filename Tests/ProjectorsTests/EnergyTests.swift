import Testing
import ViewTestSupport

struct EnergyTests {
  private static func energy(
    _ id: String, in document: String = "D1", by speaker: String = "S", supersedes: String? = nil,
    _ measure: String, _ addition: String = ""
  ) -> String {
    Line.claim(
      "energy", id, in: document, by: [speaker], supersedes: supersedes,
      #""supplier":"A","consumer":"B","commodity":"gas","measure":"\#(measure)""#
        + (addition.isEmpty ? "" : ",\(addition)"))
  }

  private static func level(_ value: String, _ unit: String = "m3") -> String {
    #""period":"2022","amount":{"value":\#(value),"unit":"\#(unit)"}"#
  }

  @Test(arguments: [
    ("level", #""amount":{"value":38e9,"unit":"m3"}"#, "amount", #"{"value":38e9,"bound":"eq","unit":"m3"}"#),
    (
      "change", #""percent":{"value":-25,"bound":"approx"}"#, "percent",
      #"{"value":-25,"bound":"approx","unit":"%"}"#
    ),
    ("rank", #""rank":2"#, "rank", "2"), ("pledge", "", "amount", "null"),
    ("pledge", #""amount":{"value":5,"bound":"ge","unit":"t"}"#, "amount", #"{"value":5,"bound":"ge","unit":"t"}"#),
  ])
  func each_measure_has_its_own_figure(_ measure: String, _ figure: String, _ column: String, _ value: String) throws {
    let row = try Record([Self.energy("e1", measure, figure)]).row("energy")
    #expect(row["measure"] == measure)
    #expect(row[column] == value)
    for other in ["amount", "percent", "rank"] where other != column { #expect(row[other] == "null") }
    #expect(row["supplier"] == "A")
    #expect(row["consumer"] == "B")
    #expect(row["speaker"] == "S")
    #expect(row["earliest"] == "null")
  }

  @Test(arguments: [
    ("38e9", "40e9", "m3", "contradiction"), ("38e9", "38.2e9", "m3", "compatible"),
    ("38e9", "27e6", "t", "compatible"),
  ])
  func figures_of_one_speaker_that_differ_stand_side_by_side(
    _ one: String, _ other: String, _ unit: String, _ conflict: String
  ) throws {
    let record = try Record([
      Self.energy("e1", "level", Self.level(one)), Self.energy("e2", in: "D2", "level", Self.level(other, unit)),
    ])
    let row = try record.row("energy")
    #expect(row["conflict"] == conflict)
    #expect(row["amount/1"] != "absent")
    #expect(row["differences/0/column"] == "amount")
    #expect(row["earliest"] == "2022-01-01")
  }

  @Test func two_ranks_of_one_period_contradict_each_other() throws {
    let record = try Record([
      Self.energy("e1", "rank", #""period":"2022","rank":10"#),
      Self.energy("e2", in: "D2", "rank", #""period":"2022","rank":9"#),
    ])
    let row = try record.row("energy")
    #expect(row["rank"] == "[9,10]")
    #expect(row["conflict"] == "contradiction")
  }

  @Test func series_are_kept_apart_by_who_what_which_way_and_when() throws {
    let record = try Record([
      Self.energy("e1", "level", Self.level("1")), Self.energy("e2", by: "T", "level", Self.level("2")),
      Self.energy("e3", "level", Self.level("3") + #","route":"sea""#),
      Self.energy("e4", "pledge", #""period":"2022""#),
      Self.energy("e5", "level", #""period":"2023","amount":{"value":5,"unit":"m3"}"#),
      Line.claim(
        "energy", "e6", by: ["S"],
        #""supplier":"B","consumer":"A","commodity":"gas","measure":"level",\#(Self.level("6"))"#),
      Line.claim(
        "energy", "e7", by: ["S"],
        #""supplier":"A","consumer":"B","commodity":"oil","measure":"level",\#(Self.level("7"))"#),
    ])
    #expect(try record.rows("energy").count == 7)
    #expect(try record.row("energy", ["speaker": ["T"]])["claims"] == "[2]")
    #expect(try record.row("energy", ["route": ["sea"]])["claims"] == "[3]")
    #expect(try record.row("energy", ["measure": ["pledge"]])["claims"] == "[4]")
    #expect(try record.row("energy", ["supplier": ["B"]])["claims"] == "[6]")
    #expect(try record.row("energy", ["commodity": ["oil"]])["claims"] == "[7]")
    #expect(try record.rows("energy") { $0.between = ("B", "A") }.count == 7)
  }

  @Test func what_is_expected_does_not_contradict_what_came_of_it() throws {
    let record = try Record([
      Self.energy("e1", "level", Self.level("50e9") + #","status":"expected""#),
      Self.energy("e2", in: "D2", "level", Self.level("38e9")),
    ])
    let rows = try record.rows("energy")
    #expect(rows.map { $0["status"] }.sorted() == ["expected", "occurred"])
    #expect(rows.allSatisfy { $0["conflict"] == "null" })
  }

  @Test func figures_without_a_period_meet_only_within_their_document() throws {
    let record = try Record([
      Self.energy("e1", "rank", #""rank":2"#), Self.energy("e2", "rank", #""rank":2"#),
      Self.energy("e3", in: "D2", "rank", #""rank":3"#),
    ])
    #expect(try record.rows("energy").map { $0["claims"] }.sorted() == ["[1,2]", "[3]"])
  }

  @Test func a_replaced_figure_stays_as_a_vintage_with_its_end() throws {
    let record = try Record()
    try record.append(Self.energy("e1", "level", Self.level("38e9")))
    try record.append(Self.energy("e2", supersedes: "e1", "level", Self.level("39e9")))
    let row = try record.row("energy")
    #expect(row["amount/value"] == "39e9")
    #expect(row["claims"] == "[2]")
    #expect(row["vintage"] == #"{"from":"2026-03-01T00:00:02.000000Z","until":null}"#)
    #expect(
      row["revisions"] == #"[{"amount":{"value":38e9,"bound":"eq","unit":"m3"},"from":"2026-03-01T00:00:01.000000Z","#
        + #""until":"2026-03-01T00:00:02.000000Z","claim":1}]"#)
    try record.append(Line.retraction(of: "e2"))
    #expect(try record.row("energy")["amount/value"] == "38e9")
    try record.append(Line.retraction(of: "e1"))
    #expect(try record.rows("energy").isEmpty)
  }
}
