import Testing
import ViewTestSupport

/// The example record of `schema/`: what became of what was announced, and of what was said about the record itself.
struct PlansAndTalliesFactsTests {
  let record: Record

  init() throws {
    record = try Record(Record.example())
  }

  private func pledge(_ kind: String, due: String, at day: String) throws -> AnsweredRow {
    let rows = try record.rows("pledges", ["kind": [kind]], at: day).filter { $0["due"] == due }
    try #require(rows.count == 1, "\(rows)")
    return rows[0]
  }

  @Test func the_visit_expected_for_may_2025_is_possibly_fulfilled_by_one_in_spring() throws {
    let row = try pledge("visit", due: "2025-05", at: "2026-02-04")
    #expect(row["state"] == "possibly-fulfilled")
    #expect(row["fulfilled_by/0/when"] == "2025-21")
    #expect(row["fulfilled_by/0/how"] == "possible")
    #expect(row["fulfilled_by/1"] == "absent")
  }

  @Test func the_parade_of_september_2025_is_fulfilled_by_the_month() throws {
    let visit = try pledge("visit", due: "2025-09-03", at: "2026-02-04")
    #expect(visit["state"] == "fulfilled")
    #expect(visit["fulfilled_by/0/when"] == "2025-09")
    let gatherings = try record.rows(
      "pledges", ["kind": ["gathering"], "beneficiary": ["parade-2025"]], at: "2026-02-04")
    #expect(gatherings.map { "\($0["promisor"]) \($0["state"])" } == [#"["Q56226"] overdue"#, #"["Q7747"] fulfilled"#])
  }

  @Test(arguments: [
    ("2023-05-31", "invited"), ("2023-06-01", "overdue"), ("2026-02-04", "lapsed"),
  ])
  func the_invitation_for_spring_2023_is_overdue_once_it_is_summer(_ day: String, _ state: String) throws {
    let row = try pledge("visit", due: "2023-21", at: day)
    #expect(row["state"] == state)
    #expect(row["promisor"] == #"["RUS"]"#)
  }

  @Test(arguments: [("2026-02-04", "accepted"), ("2026-06-30", "accepted"), ("2026-07-01", "overdue")])
  func the_visit_in_the_first_half_of_2026_is_open_to_its_end(_ day: String, _ state: String) throws {
    let row = try pledge("visit", due: "2026-40", at: day)
    #expect(row["state"] == state)
    #expect(row["latest"] == "2026-06-30")
  }

  @Test func the_target_of_200_billion_has_no_deadline() throws {
    let row = try record.row("trade-targets")
    #expect(row["amount"] == #"{"value":200e9,"bound":"eq","unit":"USD"}"#)
    #expect(row["speaker"] == "Q7747")
    #expect(row["deadline"] == "null")
    #expect(row["state"] == "open-without-deadline")
    #expect(row["latest_level/0/period"] == "2020")
  }

  @Test func eight_calls_are_more_than_the_record_holds_and_no_contradiction() throws {
    let row = try record.row("tallies", ["tally": ["count"]])
    #expect(row["claimed"] == "8")
    #expect(row["state"] == "undercovered")
    // The call of June 2021 took place; that of the day itself was only announced.
    #expect(row["coverage"] == #"{"held":1,"claimed":8}"#)
    #expect(row["planned"] == "1")
    #expect(row["counterexamples"] == "[]")
  }

  @Test func the_last_meeting_in_person_was_in_september_as_claimed() throws {
    let row = try record.row("tallies", ["tally": ["last"]])
    #expect(row["state"] == "consistent")
    #expect(row["found"] == "2025-09-02")
  }

  @Test func nothing_speaks_against_no_meeting_since_2019() throws {
    let row = try record.row("tallies", ["tally": ["none-since"]])
    #expect(row["state"] == "undercovered")
    #expect(row["matched"] == "0")
  }

  @Test func before_the_judgement_the_egyptian_spelling_is_another_person() throws {
    let lines = try Record.example()
    let judgement = UInt64(try #require(lines.firstIndex { $0.contains(#""id":"judged-xi-spellings""#) })) + 1
    func calls(_ name: String, asOf position: UInt64?) throws -> Int {
      try record.rows("meetings", asOf: position) { $0.with = [name] }.count
    }
    #expect(try calls("شي جين بينج", asOf: judgement - 1) == 1)
    #expect(try record.rows("pledges", ["promisor": ["شي جين بينج"]], asOf: judgement - 1).count == 1)
    #expect(try calls("شي جين بينج", asOf: judgement) == calls("Q15031", asOf: judgement))
    #expect(try record.rows("unresolved", ["what": ["شي جين بينج"]], asOf: judgement).isEmpty)
    let before = try record.rows("unresolved", ["what": ["شي جين بينج"]], asOf: judgement - 1)
    #expect(before.count == 3 && before.allSatisfy { $0["candidates/0/entity"] == "Q15031" })
  }
}
