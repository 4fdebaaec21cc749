import Testing
import ViewTestSupport

/// What was announced, and what came of it.
struct PledgesTests {
  /// A visit of V to H.
  private static func visit(
    _ id: String, in document: String = "D1", _ status: String, _ when: String?, place: String? = nil,
    occasion: String? = nil
  ) -> String {
    var members = #""visitor":"V","host":"H","status":"\#(status)""#
    for (name, value) in [("when", when), ("place", place), ("occasion", occasion)] {
      if let value { members += #","\#(name)":"\#(value)""# }
    }
    return Line.claim("visit", id, in: document, members)
  }

  private static func link(_ id: String, _ from: String, _ to: String, _ relation: String, _ judgement: String)
    -> String
  {
    Line.event(
      "review.linked", id,
      #"{"from":{"id":"\#(from)"},"to":{"id":"\#(to)"},"relation":"\#(relation)","judgement":"\#(judgement)"}"#)
  }

  private static func state(_ lines: [String], at day: String) throws -> String {
    try Record(lines).row("pledges", at: day)["state"]
  }

  @Test(
    arguments: [
      // when the visit was, where, for what, and whether it is what was planned for May 2025
      ("2025-05-09", "moscow", "Victory Day", "fulfilled"), ("2025-05", nil, nil, "fulfilled"),
      ("2025-05~", nil, nil, "fulfilled"), ("2025-21", "moscow", "Victory Day", "possibly-fulfilled"),
      ("2025", "moscow", "Victory Day", "fulfilled"), ("2025~", "moscow", "Victory Day", "possibly-fulfilled"),
      ("2025", "moscow", nil, "possibly-fulfilled"), ("2025-05-09", "kazan", nil, "possibly-fulfilled"),
      ("2025-05-09", "moscow", "a forum", "possibly-fulfilled"), ("2025-06-01", "moscow", "Victory Day", "overdue"),
      ("2025-04", nil, nil, "overdue"), (nil, "moscow", "Victory Day", "overdue"),
    ] as [(String?, String?, String?, String)])
  func an_outcome_fulfils_a_plan_as_surely_as_their_dates_and_names_say(
    _ when: String?, _ place: String?, _ occasion: String?, _ state: String
  ) throws {
    let plan = Self.visit("p", "expected", "2025-05", place: "moscow", occasion: "Victory Day")
    let outcome = Self.visit("o", in: "D2", "occurred", when, place: place, occasion: occasion)
    #expect(try Self.state([plan, outcome], at: "2026-01-01") == state)
    #expect(try Self.state([outcome, plan], at: "2026-01-01") == state)
  }

  @Test(arguments: [
    ("2023-01-01", "invited", "null"), ("2023-05-31", "invited", "null"), ("2023-06-01", "overdue", "1"),
    ("2024-05-30", "overdue", "365"), ("2024-05-31", "lapsed", "366"),
  ])
  func a_plan_is_overdue_from_the_day_after_it_was_due_and_lapses_in_a_year(
    _ day: String, _ state: String, _ days: String
  ) throws {
    let row = try Record([Self.visit("p", "invited", "2023-21")]).row("pledges", at: day)
    #expect(row["state"] == state)
    #expect(row["days_over"] == days)
    // Who invites has promised; who is invited has not.
    #expect(row["promisor"] == #"["H"]"#)
    #expect(row["beneficiary"] == #"["V"]"#)
  }

  @Test func what_came_about_later_does_not_count_earlier() throws {
    let lines = [Self.visit("p", "scheduled", "2025-05-09"), Self.visit("o", in: "D2", "occurred", "2025-05-09")]
    #expect(try Self.state(lines, at: "2025-05-08") == "scheduled")
    #expect(try Self.state(lines, at: "2025-05-09") == "fulfilled")
  }

  @Test func what_goes_on_since_before_the_plan_was_due_does_not_fulfil_it() throws {
    let ongoing = Line.claim(
      "visit", "o", in: "D2",
      #""visitor":"V","host":"H","status":"ongoing","when":{"edtf":"2025-08-31","aspect":"from"}"#)
    #expect(try Self.state([Self.visit("p", "accepted", "2026-40"), ongoing], at: "2026-07-01") == "overdue")
    #expect(
      try Self.state([Self.visit("p", "accepted", "2025-08"), ongoing], at: "2026-07-01") == "possibly-fulfilled")
  }

  @Test func a_row_follows_its_fulfilment_as_that_is_withdrawn_and_moved() throws {
    let record = try Record([
      Self.visit("p", "accepted", "2025-05"), Self.visit("o", in: "D2", "occurred", "2025-05-09"),
    ])
    func state(asOf position: UInt64? = nil) throws -> String {
      try record.row("pledges", asOf: position, at: "2026-01-01")["state"]
    }
    #expect(try state() == "fulfilled")
    #expect(try record.row("pledges")["claims"] == "[1,2]")
    try record.append(Line.retraction(of: "o"))
    #expect(try state() == "overdue")
    #expect(try record.row("pledges")["claims"] == "[1]")
    try record.append(Self.visit("o2", in: "D2", "occurred", "2025-05-09"))
    #expect(try state() == "fulfilled")
    let moved = Line.claim(
      "visit", "o3", in: "D2", supersedes: "o2", #""visitor":"V","host":"H","when":"2025-06-09""#)
    try record.append(moved)
    #expect(try state() == "overdue")
    #expect(try state(asOf: 4) == "fulfilled")
    #expect(try state(asOf: 3) == "overdue")
  }

  @Test func a_reviewer_says_what_fulfils_and_what_does_not() throws {
    let record = try Record([
      Self.visit("p", "accepted", "2025-05"), Self.visit("o", in: "D2", "occurred", "2025-06-09"),
      Self.visit("n", in: "D3", "occurred", "2025-05-20"),
    ])
    func ways() throws -> [String] {
      let row = try record.row("pledges")
      return (0..<2).map { "\(row["fulfilled_by/\($0)/when"]) \(row["fulfilled_by/\($0)/how"])" }
    }
    #expect(try ways() == ["2025-05-20 definite", "absent absent"])
    try record.append(Self.link("l1", "o", "p", "fulfils", "yes"))
    #expect(try ways() == ["2025-05-20 definite", "2025-06-09 definite"])
    try record.append(Self.link("l2", "n", "p", "fulfils", "no"))
    #expect(try ways() == ["2025-06-09 definite", "absent absent"])
    // The outcome gains a claim: the pledge, due at another time, rests on it too.
    try record.append(Self.visit("o2", in: "D4", "occurred", "2025-06-09"))
    #expect(try record.row("pledges")["claims"] == "[1,2,6]")
  }

  @Test func a_plan_called_off_is_over_unless_it_came_true() throws {
    let plan = Self.visit("p", "scheduled", "2025-05-09")
    let off = Self.visit("c", in: "D2", "cancelled", "2025-05-09")
    #expect(try Self.state([plan, off], at: "2026-01-01") == "cancelled")
    #expect(try Record([off]).rows("pledges").isEmpty)
    let other = Self.visit("x", in: "D3", "scheduled", "2025-06-01")
    let record = try Record([plan, other, Self.link("l", "x", "p", "reschedules", "yes")])
    let rows = try record.rows("pledges", at: "2026-01-01")
    #expect(rows.map { $0["state"] } == ["rescheduled", "overdue"])
  }

  @Test func targets_are_reached_by_figures_of_their_own_series_alone() throws {
    func trade(_ id: String, in document: String, _ members: String) -> String {
      Line.claim("trade", id, in: document, #""between":["A","B"],\#(members)"#)
    }
    let target = trade(
      "t", in: "D1",
      #""measure":"target","flow":"turnover","amount":{"value":200e9,"unit":"USD"},"deadline":"2024""#)
    func level(_ id: String, _ flow: String, _ period: String, _ value: String, _ bound: String = "eq") -> String {
      trade(
        id, in: "D-\(id)",
        #""measure":"level","flow":"\#(flow)","period":"\#(period)","amount":{"value":\#(value),"bound":"\#(bound)","#
          + #""unit":"USD"}"#)
    }
    let record = try Record([target, level("l1", "exports", "2023", "250e9"), level("l2", "turnover", "2022", "190e9")])
    func state() throws -> String { try record.row("pledges", at: "2025-06-01")["state"] }
    #expect(try state() == "overdue")
    try record.append(level("l3", "turnover", "2025", "240e9"))
    #expect(try state() == "overdue")
    try record.append(level("l4", "turnover", "2023", "240e9", "approx"))
    #expect(try state() == "possibly-fulfilled")
    try record.append(level("l5", "turnover", "2024", "240e9"))
    #expect(try state() == "fulfilled")
  }

  @Test func a_gathering_is_attended_by_those_alone_of_whom_that_is_said() throws {
    func attends(_ id: String, _ document: String, _ who: String, _ status: String, _ when: String) -> String {
      Line.claim(
        "gathering", id, in: document,
        #""gathering":"G","attendees":["\#(who)"],"status":"\#(status)","when":"\#(when)""#)
    }
    let record = try Record([
      attends("a", "D1", "A", "scheduled", "2025-09-03"), attends("b", "D1", "B", "scheduled", "2025-09-03"),
      attends("c", "D2", "A", "occurred", "2025-09"),
    ])
    let states = try record.rows("pledges", at: "2026-01-01").map { "\($0["promisor"]) \($0["state"])" }
    #expect(states == [#"["A"] fulfilled"#, #"["B"] overdue"#])
  }

  @Test func a_treaty_to_be_signed_is_fulfilled_by_its_signing() throws {
    func signed(_ id: String, _ document: String, _ status: String, _ when: String) -> String {
      Line.claim(
        "treaty", id, in: document,
        #""treaty":"T","action":"signed","parties":["A","B"],"status":"\#(status)","when":"\#(when)""#)
    }
    let record = try Record([signed("p", "D1", "scheduled", "2024-06")])
    #expect(try record.row("pledges", at: "2024-07-01")["state"] == "overdue")
    try record.append(signed("s", "D2", "occurred", "2024-06-19"))
    #expect(try record.row("pledges", at: "2024-07-01")["state"] == "fulfilled")
  }
}
