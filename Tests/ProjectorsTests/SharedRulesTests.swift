import Testing
import ViewTestSupport

/// What holds alike for the views of things that claims tell of.
struct SharedRulesTests {
  /// A kind of claim and its view.
  struct Kind: CustomTestStringConvertible, Sendable {
    let type: String
    let view: String
    /// The members of a claim by and about two parties.
    let members: @Sendable (_ one: String, _ other: String) -> String
    /// The relation by which a reviewer joins its claims.
    var relation = "same-occurrence"

    var testDescription: String { view }

    func claim(
      _ id: String, in document: String = "D1", by speaker: String? = nil, supersedes: String? = nil, _ when: String,
      _ one: String = "A", _ other: String = "B"
    ) -> String {
      Line.claim(
        type, id, in: document, by: speaker.map { [$0] } ?? [], supersedes: supersedes,
        #""when":"\#(when)",\#(members(one, other))"#)
    }
  }

  static let occurrences = [
    Kind(type: "call", view: "meetings") { #""medium":"phone","parties":["\#($0)","\#($1)"]"# },
    Kind(type: "meeting", view: "meetings") { #""parties":["\#($0)","\#($1)"]"# },
    Kind(type: "visit", view: "visits") { #""visitor":"\#($0)","host":"\#($1)""# },
    Kind(type: "gathering", view: "gatherings") { #""gathering":"\#($0)","attendees":["\#($1)"]"# },
    Kind(type: "exercise", view: "exercises") { #""participants":["\#($0)","\#($1)"]"# },
    Kind(type: "sanction", view: "sanctions") { #""sender":"\#($0)","target":"\#($1)","measure":"embargo""# },
  ]

  static let statement = Kind(
    type: "statement", view: "statements",
    members: { #""speaker":"\#($0)","addressee":"\#($1)","quote":"No","lang":"en","direct":true"# },
    relation: "variant-quote")

  static let energy = Kind(type: "energy", view: "energy") {
    #""supplier":"\#($0)","consumer":"\#($1)","commodity":"gas","measure":"rank","rank":1"#
  }

  /// The claims of each row, in the order of their text.
  private static func claims(_ record: Record, _ kind: Kind, asOf position: UInt64? = nil) throws -> [String] {
    try record.rows(kind.view, asOf: position).map { $0["claims"] }.sorted()
  }

  @Test(arguments: occurrences)
  func claims_of_one_day_meet_and_those_of_one_month_only_within_a_document(_ kind: Kind) throws {
    let record = try Record([
      kind.claim("c1", "2024-05-01"), kind.claim("c2", in: "D2", "2024-05-01"), kind.claim("c3", "2024-06"),
      kind.claim("c4", "2024-06"), kind.claim("c5", in: "D2", "2024-06"),
    ])
    #expect(try Self.claims(record, kind) == ["[1,2]", "[3,4]", "[5]"])
  }

  @Test(arguments: occurrences + [statement, energy])
  func a_withdrawn_claim_vanishes_and_what_it_had_replaced_is_back(_ kind: Kind) throws {
    let record = try Record([
      kind.claim("c1", "2024-05-01", "C"), kind.claim("c2", in: "D2", "2024-05-01", "C"),
      kind.claim("c3", supersedes: "c1", "2024-06-01"),
    ])
    #expect(try Self.claims(record, kind).filter { $0.contains("1") }.isEmpty)
    try record.append(Line.retraction(of: "c2"))
    #expect(try Self.claims(record, kind) == ["[3]"])
    try record.append(Line.retraction(of: "c3"))
    #expect(try Self.claims(record, kind) == ["[1]"])
    try record.append(Line.retraction(of: "c1"))
    #expect(try record.rows(kind.view).isEmpty)
    #expect(try !record.rows(kind.view, asOf: 3).isEmpty)
  }

  @Test(arguments: occurrences + [statement])
  func names_meet_once_they_mean_one_entity(_ kind: Kind) throws {
    let record = try Record([
      kind.claim("c1", "2024-05-01", "Alpha"), kind.claim("c2", in: "D2", "2024-05-01", "Alef"),
    ])
    #expect(try Self.claims(record, kind) == ["[1]", "[2]"])
    try record.append(Line.entity("X", names: "Alpha", "Alef"))
    #expect(try Self.claims(record, kind) == ["[1,2]"])
    #expect(try record.row(kind.view)["conflict"] == "null")
    for name in ["X", "Alpha", "Alef"] { #expect(try record.rows(kind.view) { $0.with = [name] }.count == 1) }
    #expect(try Self.claims(record, kind, asOf: 2) == ["[1]", "[2]"])
  }

  @Test func names_of_energy_mean_their_entities_and_speakers_too() throws {
    let record = try Record([
      Self.energy.claim("c1", by: "Sigma", "2024-05-01", "Alpha"),
      Self.energy.claim("c2", in: "D2", by: "Sin", "2024-05-01", "Alef"),
      Line.entity("X", names: "Alpha", "Alef"), Line.entity("S", names: "Sigma", "Sin"),
    ])
    let row = try record.row("energy", ["supplier": ["Alef"], "speaker": ["Sigma"]])
    #expect([row["supplier"], row["speaker"], row["claims"]] == ["X", "S", "[1,2]"])
  }

  @Test(arguments: occurrences)
  func a_judgement_joins_two_days_and_its_withdrawal_parts_them(_ kind: Kind) throws {
    let record = try Record([
      kind.claim("c1", "2024-05-01"), kind.claim("c2", in: "D2", "2024-05-02"),
      Line.link("c2", "c1", kind.relation, "unsure"),
    ])
    #expect(try Self.claims(record, kind) == ["[1]", "[2]"])
    try record.append(Line.link("c1", "c2", kind.relation))
    let row = try record.row(kind.view)
    #expect(row["when"] == #"["2024-05-01","2024-05-02"]"#)
    #expect([row["earliest"], row["latest"]] == ["2024-05-01", "2024-05-02"])
    #expect(row["conflict"] == "contradiction")
    #expect(row["differences/0/column"] == "when")
    try record.append(Line.retraction(of: "\(kind.relation)-yes-c1-c2"))
    #expect(try Self.claims(record, kind) == ["[1]", "[2]"])
  }

  @Test(arguments: occurrences + [statement])
  func a_judgement_parts_two_claims_that_would_meet_and_neither_is_the_others_twin(_ kind: Kind) throws {
    let record = try Record([
      kind.claim("c1", "2024-05-01"), kind.claim("c2", in: "D2", "2024-05-01"),
      kind.claim("c3", in: "D3", "2024-05-01"), Line.link("c1", "c2", kind.relation, "no"),
      Line.link("c2", "c3", kind.relation, "no"),
    ])
    let rows = try record.rows(kind.view)
    #expect(rows.map { $0["claims"] }.sorted() == ["[1,3]", "[2]"])
    #expect(Set(rows.map { $0["apart"] }) == ["[2]", "[1,3]"])
    #expect(rows.allSatisfy { $0["twins"] == (kind.view == "statements" ? "absent" : "[]") })
    #expect(Set(rows.map { $0["key"] }).count == 2)
    #expect(try Self.claims(record, kind, asOf: 3) == ["[1,2,3]"])
    try record.append(Line.link("c1", "c2", kind.relation))
    // Of two judgements on one pair the one that parts counts.
    #expect(try record.rows(kind.view).count == 2)
  }

  @Test(arguments: occurrences)
  func twins_of_two_documents_name_each_other_until_they_are_judged_apart(_ kind: Kind) throws {
    let record = try Record([kind.claim("c1", "2024-05"), kind.claim("c2", in: "D2", "2024-05-09")])
    let rows = try record.rows(kind.view)
    try #require(rows.count == 2)
    #expect(rows[0]["twins"] == "[\"\(rows[1]["key"])\"]")
    #expect(rows[1]["twins"] == "[\"\(rows[0]["key"])\"]")
    try record.append(Line.link("c1", "c2", kind.relation, "no"))
    #expect(try record.rows(kind.view).map { $0["twins"] } == ["[]", "[]"])
  }

  @Test(arguments: occurrences)
  func what_took_place_and_what_was_denied_stand_side_by_side(_ kind: Kind) throws {
    let denied = kind.claim("c2", in: "D2", "2024-05-01").replacing(#""when""#, with: #""status":"denied","when""#)
    let row = try Record([kind.claim("c1", "2024-05-01"), denied]).row(kind.view)
    #expect(row["conflict"] == "contradiction")
    let column = kind.view == "gatherings" ? "attendance/0/status" : "status"
    #expect(row[column] == #"["occurred","denied"]"#)
  }

  @Test(arguments: occurrences + [statement, energy])
  func without_a_source_a_row_is_what_the_others_say(_ kind: Kind) throws {
    let record = try Record([
      kind.claim("c1", by: "S", "2024-05-01"), kind.claim("c2", in: "D2", by: "S", "2024-05-01"),
    ])
    // D2 passes on what S says: S is the only ultimate source.
    let row = try record.row(kind.view)
    #expect([row["attributors"], row["claims"]] == [#"["S"]"#, "[1,2]"])
    #expect(try record.row(kind.view) { $0.withoutSources = ["D2"] }["claims"] == "[1]")
    #expect(try record.rows(kind.view) { $0.withoutSources = ["S"] }.isEmpty)
    #expect(try record.rows(kind.view) { $0.attributors = ["D2"] }.isEmpty)
    #expect(try record.rows(kind.view) { $0.minAttributors = 2 }.isEmpty)
  }
}
