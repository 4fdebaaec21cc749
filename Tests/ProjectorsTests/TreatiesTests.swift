import Testing
import ViewTestSupport

struct TreatiesTests {
  private static func treaty(_ id: String, in document: String = "D1", _ members: String) -> String {
    Line.claim("treaty", id, in: document, #""treaty":"T",\#(members)"#)
  }

  /// The life of one treaty.
  private static let life = [
    treaty("y1", #""when":"2000","action":"proposed","parties":["A","B"]"#),
    treaty("y2", #""when":"2001-05","action":"signed","parties":["C","A"]"#),
    treaty("y3", #""when":"2002-03-04","action":"ratified""#),
    treaty("y4", #""when":"2003-01-01","action":"in-force""#),
    treaty("y5", #""when":"2010-06-30","action":"expires""#),
  ]

  @Test(arguments: [
    ("1999-12-31", "unknown"), ("2000-06-01", "possibly-proposed"), ("2000-12-31", "proposed"),
    ("2001-04-30", "proposed"), ("2001-05-10", "possibly-signed"), ("2001-05-31", "signed"),
    ("2002-03-03", "signed"), ("2002-03-04", "ratified"), ("2003-01-01", "in-force"), ("2010-06-30", "in-force"),
    ("2010-07-01", "expired"), ("2050-01-01", "expired"),
  ])
  func the_state_on_a_day_is_the_furthest_stage_reached(_ day: String, _ state: String) throws {
    let record = try Record(Self.life)
    #expect(try record.row("treaties", at: day)["state"] == state)
    #expect(try record.rows("treaties", ["state": [state]], at: day).count == 1)
  }

  @Test(arguments: [
    ("2001-05-10", "signed", "[0,21]"), ("2001-04-30", "signed", "[1,31]"), ("2002-03-04", "ratified", "0"),
    ("2002-03-05", "in_force", "302"), ("2010-07-01", "null", "null"),
  ])
  func the_next_date_comes_with_the_days_until_then(_ day: String, _ next: String, _ days: String) throws {
    let row = try Record(Self.life).row("treaties", at: day)
    #expect((row["next"] == "null" ? "null" : row["next/action"]) == next)
    #expect(row["days_to_next"] == days)
  }

  @Test func parties_of_all_claims_are_gathered_and_find_the_treaty() throws {
    let record = try Record(Self.life)
    #expect(try record.row("treaties")["parties"] == #"["A","B","C"]"#)
    #expect(try record.rows("treaties") { $0.between = ("C", "B") }.count == 1)
    #expect(try record.rows("treaties") { $0.with = ["T"] }.count == 1)
    #expect(try record.rows("treaties") { $0.with = ["Z"] }.isEmpty)
  }

  @Test func an_extension_moves_the_end() throws {
    let record = try Record(
      Self.life + [Self.treaty("y6", #""when":"2010-01-01","action":"extended","until":"2015-06-30""#)])
    let row = try record.row("treaties", at: "2012-01-01")
    #expect(row["state"] == "in-force")
    #expect(row["expires"] == #"["2010-06-30","2015-06-30"]"#)
    #expect(try record.row("treaties", at: "2015-07-01")["state"] == "expired")
  }

  @Test func a_treaty_with_nothing_but_an_end_is_in_force_until_then() throws {
    let record = try Record([Self.treaty("y1", #""when":"2026-02-05","action":"expires""#)])
    #expect(try record.row("treaties", at: "1990-01-01")["state"] == "in-force")
    #expect(try record.row("treaties", at: "2026-02-06")["state"] == "expired")
  }

  @Test(arguments: [("suspended", "suspended"), ("withdrawn", "withdrawn")])
  func a_treaty_that_was_left_is_not_in_force(_ action: String, _ state: String) throws {
    let record = try Record(Self.life + [Self.treaty("y6", #""when":"2005-05-05","action":"\#(action)""#)])
    #expect(try record.row("treaties", at: "2005-05-04")["state"] == "in-force")
    #expect(try record.row("treaties", at: "2005-05-05")["state"] == state)
  }

  @Test(arguments: [("2001-05-08", "compatible"), ("2001-06-01", "contradiction")])
  func dates_of_one_action_agree_where_they_can_be_one_day(_ when: String, _ conflict: String) throws {
    let record = try Record(Self.life + [Self.treaty("y6", in: "D2", #""when":"\#(when)","action":"signed""#)])
    let row = try record.row("treaties")
    #expect(row["conflict"] == conflict)
    #expect(row["differences/0/column"] == "signed")
    #expect(row["signed"] == (when < "2001-05-31" ? #"["2001-05","2001-05-08"]"# : #"["2001-05","2001-06-01"]"#))
  }

  @Test(arguments: ["denied", "cancelled"])
  func what_is_denied_or_cancelled_gives_no_date(_ status: String) throws {
    let record = try Record([Self.treaty("y1", #""when":"2001","action":"signed","status":"\#(status)""#)])
    let row = try record.row("treaties")
    #expect(row["signed"] == "null")
    #expect(row["state"] == "unknown")
  }

  @Test func a_plan_is_shown_as_planned_and_reaches_no_state() throws {
    let record = try Record([
      Self.treaty("y1", #""when":"2001-05-01","action":"signed","status":"scheduled""#),
      Self.treaty("y2", #""when":"2030-01-01","action":"expires","status":"expected""#),
    ])
    let row = try record.row("treaties", at: "2001-06-01")
    #expect(row["signed"] == "null")
    #expect(row["planned"] == #"[{"action":"signed","when":"2001-05-01","status":"scheduled"}]"#)
    #expect(row["expires"] == "2030-01-01")
    #expect(try record.row("treaties", at: "2001-04-30")["next/action"] == "signed")
  }
}
