import JSON
import Presentation
import Testing

/// What the tables of single views show.
struct ViewLayoutColumnTests {
  private let labels = [
    "Q7747": "Vladimir Putin", "Q56226": "Kim Jong Un", "parade": "Parade", "CHN": "China", "RUS": "Russia",
    "USA": "United States", "IND": "India", "ningxia": "Ningxia", "carnegie": "Carnegie", "asharq": "Asharq",
  ]

  /// The lines of the only rows of a view, each cell by its title.
  private func cells(_ view: String, _ row: String) throws -> [String: String] {
    let lines = ViewLayout.of(view).table([try json(row)], labels: labels).lines()
    // Titles and cells stand under one another; the rule between them says where.
    var cells: [String: String] = [:]
    var start = 0
    for dashes in lines[1].components(separatedBy: "  ") {
      func cut(_ line: String) -> String {
        String(line.dropFirst(start).prefix(dashes.count)).trimmed
      }
      cells[cut(lines[0])] = cut(lines[2])
      start += dashes.count + 2
    }
    return cells
  }

  @Test func a_gathering_shows_of_whom_something_else_is_said() throws {
    let row = #"""
      {"when":"2025-09-03","gathering":"parade","attendees":["Q56226","Q7747"],"attendance":[
      {"attendee":"Q56226","status":"scheduled","claims":[1]},
      {"attendee":"Q7747","status":["occurred","denied"],"claims":[2,3]}],
      "place":null,"headcount":{"low":25,"high":25,"bound":"approx","unit":"people"},"status":"scheduled",
      "attributors":["D3"],"twins":["a","b"]}
      """#
    #expect(
      try cells("gatherings", row) == [
        "when": "2025-09-03", "gathering": "Parade",
        "attendees": "Kim Jong Un, Vladimir Putin (occurred / denied)", "headcount": "≈ 25 people",
        "status": "scheduled", "twins": "2", "says": "D3",
      ])
  }

  @Test func an_exercise_shows_how_many_took_part() throws {
    let row = #"""
      {"when":"2021-08","exercise":null,"participants":["CHN","RUS"],"place":"ningxia",
      "headcount":{"low":10000,"high":null,"bound":"gt","unit":"people"},"status":"occurred",
      "attributors":["carnegie"],"conflict":null,"twins":[]}
      """#
    #expect(
      try cells("exercises", row) == [
        "when": "2021-08", "participants": "China, Russia", "place": "Ningxia", "headcount": "> 10,000 people",
        "status": "occurred", "says": "Carnegie",
      ])
  }

  @Test(arguments: [
    (#""deadline":"2024","expression":["by 2024"]"#, "2024"),
    (#""deadline":null,"expression":["before the date set"]"#, "“before the date set”"),
    (#""deadline":null"#, "unstated"),
  ])
  func a_target_shows_by_when_and_the_newest_volumes(_ deadline: String, _ shown: String) throws {
    let row = #"""
      {"speaker":"Q7747","reporter":null,"partner":null,"between":["CHN","RUS"],"flow":"turnover",
      "amount":{"value":200e9,"bound":"eq","unit":"USD"},\#(deadline),"state":"open","latest_level":[
      {"period":"2022","amount":{"value":190e9,"bound":"eq","unit":"USD"}},
      {"period":"2022","amount":[{"value":188e9,"bound":"eq","unit":"USD"},{"value":1,"bound":"gt","unit":"CNY"}]}]}
      """#
    #expect(
      try cells("trade-targets", row) == [
        "between": "China, Russia", "flow": "turnover", "amount": "200 bn USD", "deadline": shown, "state": "open",
        "latest": "2022: 190 bn USD / 2022: 188 bn USD / > 1 CNY", "says": "Vladimir Putin",
      ])
  }

  @Test(arguments: [
    (#""period":"2022","when":"2022-12-30","amount":{"value":15,"bound":"gt","unit":"bcm"}"#, "2022", "> 15 bcm"),
    (#""period":null,"when":null,"percent":{"value":8,"bound":"eq","unit":"%"}"#, "undated", "+8 %"),
    (#""period":null,"when":"2022","rank":2"#, "2022", "2"),
    (#""period":null,"when":"2022","rank":[2,3],"differences":[{"column":"rank"}]"#, "2022", "2 / 3"),
    (#""period":null,"when":"2023","amount":null,"percent":null,"rank":null"#, "2023", nil),
  ])
  func a_figure_of_energy_is_an_amount_a_change_or_a_rank(
    _ members: String, _ period: String, _ figure: String?
  ) throws {
    let shown = try cells("energy", #"{"supplier":"RUS","consumer":"CHN","commodity":"natural gas",\#(members)}"#)
    #expect(shown["period"] == period)
    #expect(shown["figure"] == figure)
    #expect(shown["supplier"] == "Russia")
  }

  @Test func a_tariff_shows_its_rate() throws {
    let row = #"""
      {"when":"2025-08","sender":"USA","target":"IND","measure":"tariff",
      "percent":{"low":25,"high":50,"bound":null,"unit":"%"},"status":"occurred","conflict":"compatible"}
      """#
    #expect(
      try cells("sanctions", row) == [
        "when": "2025-08", "sender": "United States", "target": "India", "measure": "tariff", "percent": "25–50 %",
        "status": "occurred", "conflict": "compatible",
      ])
  }

  @Test func wordings_of_one_statement_stand_side_by_side() throws {
    let row = #"""
      {"when":null,"speaker":"Q7747","quote":["a factor, and more","the factor"],"lang":"en","direct":true,
      "conflict":"compatible","differences":[{"column":"quote"}]}
      """#
    let shown = try cells("statements", row)
    #expect(shown["quote"] == "a factor, and more / the factor")
    #expect(shown["direct"] == "yes")
  }

  @Test func a_pledge_shows_what_came_of_it() throws {
    let row = #"""
      {"kind":"visit","promisor":["Q7747"],"beneficiary":["CHN"],"due":"2025-05","amount":null,"announced_by":["asharq"],
      "fulfilled_by":[{"view":"visits","key":"k","when":"2025-21","how":"possible"},
      {"view":"visits","key":"l","when":"2025-05-09","how":"definite"}],"state":"fulfilled","days_over":null}
      """#
    #expect(
      try cells("pledges", row) == [
        "due": "2025-05", "kind": "visit", "promisor": "Vladimir Putin", "beneficiary": "China", "state": "fulfilled",
        "fulfilled by": "visits 2025-21 (possibly), visits 2025-05-09", "says": "Asharq",
      ])
    let overdue = #"{"kind":"energy","promisor":["RUS"],"due":null,"fulfilled_by":[],"state":"overdue","days_over":31}"#
    #expect(try cells("pledges", overdue)["days over"] == "31")
    #expect(try cells("pledges", overdue)["due"] == "undated")
  }

  @Test func a_tally_shows_its_question_and_what_the_record_says() throws {
    let row = #"""
      {"tally":"count","view":"meetings","filters":{"between":["Q7747","CHN"],"from":["2019-11"]},"claimed":8,
      "when":"2021-12-15","matched":3,"planned":0,"coverage":{"held":3,"claimed":8},"found":null,"state":"undercovered",
      "attributors":["D5"]}
      """#
    #expect(
      try cells("tallies", row) == [
        "when": "2021-12-15", "tally": "count", "of": "meetings between=Q7747,CHN from=2019-11", "claimed": "8",
        "matched": "3", "planned": "0", "state": "undercovered", "says": "D5",
      ])
  }

  @Test func a_document_shows_when_it_was_published_and_how_often_that_was_corrected() throws {
    let row =
      #"{"document":"D4","publisher":"asharq","lang":"ar","published":null,"basis":"inferred","corrections":[{}]}"#
    #expect(
      try cells("documents", row) == [
        "document": "D4", "publisher": "Asharq", "lang": "ar", "published": "undated", "basis": "inferred",
        "corrected": "1",
      ])
  }

  @Test func a_source_shows_its_counts() throws {
    let row = #"""
      {"source":"carnegie","made":5,"standing":4,"corrected":1,"retracted":0,"plans":2,"fulfilled":1,
      "possibly_fulfilled":1,"ended":0}
      """#
    #expect(
      try cells("sources", row) == [
        "source": "Carnegie", "made": "5", "standing": "4", "corrected": "1", "retracted": "0", "plans": "2",
        "fulfilled": "1", "possibly": "1", "ended": "0",
      ])
  }

  @Test func a_dispute_shows_who_says_which_value() throws {
    let row = #"""
      {"view":"meetings","row":"k","column":"place","class":"tension","parties":["CHN","RUS"],"when":"2024-05-01",
      "values":[{"value":"ningxia","attributors":["asharq","carnegie"],"claims":[1,2]},
      {"value":{"value":90,"bound":"gt","unit":"min"},"attributors":["D2"],"claims":[3]}],"conflict":null}
      """#
    #expect(
      try cells("disputes", row) == [
        "class": "! tension", "view": "meetings", "when": "2024-05-01", "parties": "China, Russia", "column": "place",
        "values": "Ningxia (Asharq, Carnegie) / > 90 min (D2)",
      ])
  }

  @Test func an_open_matter_shows_who_may_be_meant() throws {
    let row = #"""
      {"claim":12,"why":"no-entity","what":"Putin V.","detail":null,"type":"claim.call","document":"D1","candidates":[
      {"entity":"Q7747","label":"Vladimir Putin","by":"skeleton"},{"entity":"putin","label":null,"by":"name"}]}
      """#
    #expect(
      try cells("unresolved", row) == [
        "why": "no-entity", "what": "Putin V.", "candidates": "Vladimir Putin (Q7747), putin", "type": "claim.call",
        "document": "D1", "event": "12",
      ])
  }

  @Test func every_view_of_the_record_has_a_layout() {
    #expect(Set(ViewLayout.names).count == 18)
    #expect(ViewLayout.names.allSatisfy { !ViewLayout.of($0).columns.isEmpty && ViewLayout.of($0).members[0] == "key" })
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// The parts between occurrences of `separator`.
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
