import Testing
import ViewTestSupport

/// Occurrences that a reviewer joins or parts.
struct LinkTests {
  private static func call(_ id: String, in document: String, _ when: String, supersedes: String? = nil) -> String {
    Line.claim(
      "call", id, in: document, supersedes: supersedes, #""parties":["A","B"],"medium":"phone","when":\#(when)"#)
  }

  private static func link(_ id: String, _ from: String, _ to: String, _ judgement: String) -> String {
    Line.event(
      "review.linked", id,
      #"{"from":{"id":"\#(from)"},"to":{"id":"\#(to)"},"relation":"same-occurrence","judgement":"\#(judgement)"}"#)
  }

  private static func claims(_ record: Record, asOf position: UInt64? = nil) throws -> [String] {
    try record.rows("meetings", asOf: position).map { $0["claims"] }
  }

  private static let calls = [
    call("c1", in: "D1", #""2024-05-03""#), call("c2", in: "D2", #""2024-05""#), call("c3", in: "D3", #""2024-05-03""#),
    call("c4", in: "D4", #""2024-05-20""#),
  ]

  @Test func a_coarse_date_stays_apart_and_names_its_twins() throws {
    let record = try Record(Self.calls)
    #expect(try Self.claims(record) == ["[2]", "[1,3]", "[4]"])
    let twins = try record.rows("meetings").map { $0["twins"] }
    #expect(twins[0] == #"["A,B/phone/2024-05-03","A,B/phone/2024-05-20"]"#)
    #expect(twins[1...] == [#"["A,B/phone/2024-05 in D2"]"#, #"["A,B/phone/2024-05 in D2"]"#])
  }

  @Test func a_judgement_joins_all_that_meet_under_either_key() throws {
    let record = try Record(Self.calls + [Self.link("l1", "c2", "c3", "yes")])
    #expect(try Self.claims(record) == ["[1,2,3]", "[4]"])
    let row = try record.rows("meetings")[0]
    #expect(row["when"] == #"["2024-05","2024-05-03"]"#)
    #expect(row["earliest"] == "2024-05-03" && row["latest"] == "2024-05-03")
    #expect(row["conflict"] == "compatible")
    #expect(try Self.claims(record, asOf: 4) == ["[2]", "[1,3]", "[4]"])
    // What comes later meets there too.
    try record.append(Self.call("c5", in: "D5", #""2024-05-03""#))
    #expect(try Self.claims(record) == ["[1,2,3,6]", "[4]"])
    try record.append(Line.retraction(of: "l1"))
    #expect(try Self.claims(record) == ["[2]", "[1,3,6]", "[4]"])
  }

  @Test func joined_claims_that_cannot_be_one_day_contradict_each_other() throws {
    let record = try Record(Self.calls + [Self.link("l1", "c1", "c4", "yes")])
    let row = try record.rows("meetings")[1]
    #expect(row["earliest"] == "2024-05-03" && row["latest"] == "2024-05-20")
    #expect(row["conflict"] == "contradiction")
    let dispute = try record.row("disputes", ["view": ["meetings"]])
    #expect(dispute["column"] == "when" && dispute["class"] == "contradiction")
  }

  @Test func a_judgement_parts_what_met_and_holds_for_what_replaces_a_claim() throws {
    let record = try Record(Self.calls + [Self.link("l1", "c1", "c3", "no")])
    #expect(try Self.claims(record) == ["[2]", "[1]", "[3]", "[4]"])
    #expect(try record.rows("meetings")[1]["apart"] == "[3]")
    try record.append(Self.call("c6", in: "D3", #""2024-05-03""#, supersedes: "c3"))
    #expect(try Self.claims(record) == ["[2]", "[1]", "[6]", "[4]"])
    // A coarse row that was judged apart is no twin any more.
    try record.append(Self.link("l2", "c2", "c4", "no"))
    let twins = try record.rows("meetings").map { $0["twins"] }
    #expect(twins[3] == "[]")
    #expect(twins[0].contains("2024-05-03") && !twins[0].contains("2024-05-20"))
  }

  @Test func no_counts_where_judgements_on_one_pair_differ() throws {
    let lines = [
      Self.link("l1", "c1", "c4", "yes"), Self.link("l2", "c4", "c1", "no"), Self.link("l3", "c1", "c2", "unsure"),
    ]
    let record = try Record(Self.calls + lines)
    #expect(try Self.claims(record) == ["[2]", "[1,3]", "[4]"])
    let links = try record.row("timeline") { $0.documents = ["D4"] }
    #expect(links["links/0/judgement"] == "yes" && links["links/1/judgement"] == "no")
  }

  @Test func chains_of_judgements_join_and_come_apart_where_they_are_cut() throws {
    let record = try Record(
      Self.calls + [Self.link("l1", "c1", "c2", "yes"), Self.link("l2", "c2", "c4", "yes")])
    #expect(try Self.claims(record) == ["[1,2,3,4]"])
    try record.append(Line.retraction(of: "c2"))
    #expect(try Self.claims(record) == ["[1,3]", "[4]"])
  }

  @Test func an_assessment_is_shown_beside_the_claim_and_changes_none() throws {
    let record = try Record([Self.calls[0]])
    let before = try record.row("meetings").description
    try record.append(
      Line.event(
        "review.assessed", "a1", #"{"claim":{"id":"c1"},"rank":"deprecated","verdict":"refuted","reason":"r"}"#))
    #expect(try record.row("timeline")["assessments/0/verdict"] == "refuted")
    #expect(try record.row("meetings").description == before)
    try record.append(Line.retraction(of: "a1"))
    #expect(try record.row("timeline")["assessments"] == "absent")
  }
}
