import Testing
import ViewTestSupport

/// The example record of `schema/`: what five articles claim, and what the views must make of it.
struct FactsTests {
  let record: Record

  init() throws {
    record = try Record(Record.example())
  }

  @Test func the_two_leaders_had_seven_contacts_and_the_undated_one_comes_last() throws {
    let rows = try record.rows("meetings") { $0.between = ("Q7747", "Q15031") }
    let shown = rows.map { "\($0["medium"]) \($0["status"]) \($0["when"]) \($0["earliest"]) \($0["latest"])" }
    #expect(
      shown == [
        "video occurred 2021-06-28 2021-06-28 2021-06-28",
        "video scheduled 2021-12-15 2021-12-15 2021-12-15",
        "video occurred 2022-12-30 2022-12-30 2022-12-30",
        "in-person occurred 2025-21 2025-03-01 2025-05-31",
        "in-person occurred 2025-09-02 2025-09-02 2025-09-02",
        "video occurred 2026-02-04 2026-02-04 2026-02-04",
        "phone occurred null null null",
      ])
    #expect(rows.map { $0["place"] } == ["null", "null", "null", "moscow", "beijing", "null", "null"])
    #expect(rows.allSatisfy { $0["parties"] == #"["Q15031","Q7747"]"# })
  }

  @Test func durations_show_the_minutes_that_all_claims_allow() throws {
    let rows = try record.rows("meetings") { $0.between = ("Q7747", "Q15031") }
    #expect(rows[5]["duration"] == #"{"low":90,"high":90,"bound":"approx","unit":"min"}"#)
    #expect(rows[5]["conflict"] == "null")
    #expect(rows[6]["duration"] == #"{"low":90,"high":null,"bound":"gt","unit":"min"}"#)
    #expect(rows[6]["conflict"] == "compatible")
    #expect(rows[6]["differences/0/values/0/value"] == #"{"value":60,"bound":"gt","unit":"min"}"#)
    #expect(rows[6]["differences/0/values/0/attributors"] == #"["the-new-york-times"]"#)
    #expect(rows[6]["differences/0/values/1/value"] == #"{"value":90,"bound":"gt","unit":"min"}"#)
    #expect(rows[6]["differences/0/values/1/attributors"] == #"["the-diplomat"]"#)
    #expect(rows[0..<5].allSatisfy { $0["duration"] == "null" && $0["conflict"] == "null" })
  }

  @Test func each_contact_names_the_one_that_took_place_before_it() throws {
    let rows = try record.rows("meetings") { $0.between = ("Q7747", "Q15031") }
    let previous = ["null", "2021-06-28", "2021-06-28", "2022-12-30", "2025-21", "2025-09-02", "null"]
    #expect(rows.map { $0["previous"] == "null" ? "null" : $0["previous/when"] } == previous)
  }

  @Test func the_summit_of_2025_rests_on_two_agencies() throws {
    let row = try record.row("meetings", ["place": ["بكين"]]) { $0.minAttributors = 2 }
    #expect(row["when"] == "2025-09-02")
    #expect(row["attributors"] == #"["afp","reuters"]"#)
  }

  @Test(arguments: [
    // period, coverage, amount, percent, base
    ("2020-01/2020-09", "partial", #"{"value":7897e7,"bound":"approx","unit":"USD"}"#, "null", "null"),
    ("2019", "full", #"{"value":1102e8,"bound":"approx","unit":"USD"}"#, "null", "null"),
    (
      "2020", "full", #"{"value":107e9,"bound":"eq","unit":"USD"}"#, #"{"value":-2.9,"bound":"eq","unit":"%"}"#,
      "2019"
    ),
    (
      "2021-01/2021-09", "partial", #"{"value":1025e8,"bound":"eq","unit":"USD"}"#,
      #"{"value":29.8,"bound":"eq","unit":"%"}"#, "2020-01/2020-09"
    ),
    ("2022", "full", "null", #"{"value":25,"bound":"approx","unit":"%"}"#, "null"),
  ])
  func turnover_stands_by_period(
    _ period: String, _ coverage: String, _ amount: String, _ percent: String, _ base: String
  ) throws {
    let rows = try record.rows("trade-volume", ["flow": ["turnover"]]) { $0.between = ("CHN", "RUS") }
    #expect(rows.count == 5)
    let row = try #require(rows.first { $0["period"] == period })
    #expect(row["coverage"] == coverage)
    #expect(row["amount"] == amount)
    #expect(row["percent"] == percent)
    #expect(row["base"] == base)
    #expect(row["speaker"] == (period == "2022" ? "Q7747" : "carnegie"))
  }

  @Test func the_volume_of_2019_is_derived_and_says_from_what() throws {
    let rows = try record.rows("trade-volume", ["measure": ["derived"]])
    let row = try #require(rows.first { $0["period"] == "2019" })
    let inputs = try record.rows("timeline").filter { $0["summary"].hasPrefix("turnover 2020 ") }.map { $0["key"] }
    #expect(row["implied/derived"] == "true")
    #expect(row["implied/rule"] == "amount / (1 + percent / 100)")
    #expect(row["implied/inputs"] == "[\(inputs.joined(separator: ","))]")
    #expect(row["implied/low"] == "1096e8")
    #expect(row["implied/high"] == "1108e8")
    #expect(row["claims"] == row["implied/inputs"])
    let year = try DayRange.between("2020", "2020")
    let level = try record.row("trade-volume", ["measure": ["level"]]) {
      $0.range = year
      $0.certain = true
    }
    #expect(level["implied"] == row["implied"])
  }

  @Test func the_growth_of_2022_has_no_base_to_derive_from() throws {
    let row = try record.row("trade-volume", ["speaker": ["بوتين"]])
    #expect(row["period"] == "2022")
    #expect(row["implied"] == "null")
    #expect(row["amount"] == "null")
  }

  @Test(arguments: [
    ("2026-02-04", "in-force", "1"), ("2026-02-05", "in-force", "0"), ("2026-02-06", "expired", "null"),
  ])
  func new_start_runs_through_the_day_on_which_it_expires(_ day: String, _ state: String, _ days: String) throws {
    let row = try record.row("treaties", ["treaty": ["new-start"]], at: day)
    #expect(row["state"] == state)
    #expect(row["days_to_next"] == days)
    #expect(row["extended"] == "2021")
    #expect(row["expires"] == "2026-02-05")
    #expect(row["parties"] == #"["RUS","USA"]"#)
  }

  @Test func russia_and_north_korea_signed_in_june_2024() throws {
    let row = try record.row("treaties") { $0.between = ("RUS", "PRK") }
    #expect(row["treaty"] == "rus-prk-defence")
    #expect(row["signed"] == "2024-06")
    #expect(row["state"] == "signed")
  }

  @Test func a_state_filters_by_the_day_asked_about() throws {
    #expect(try record.rows("treaties", ["state": ["expired"]], at: "2026-02-05").isEmpty)
    #expect(try record.row("treaties", ["state": ["expired"]], at: "2026-02-06")["treaty"] == "new-start")
    #expect(try record.rows("treaties", ["state": ["expired", "signed"]], at: "2026-02-06").count == 2)
  }

  @Test(arguments: [
    ("2023-21", "Q15031 RUS invited state moscow null"), ("2025-21", "Q15031 RUS occurred null moscow Victory Day"),
    ("2025-05", "Q15031 RUS expected null moscow Victory Day"),
    ("2025-08-31/2025-09-01", "Q7747 CHN occurred null tianjin SCO summit"),
    ("2025-08-31", "Q7747 CHN ongoing null null null"), ("2025-09", "Q7747 CHN occurred null beijing military parade"),
    ("2025-09-02", "Q56226 CHN occurred null null null"),
    ("2025-09-03", "Q7747 CHN scheduled null beijing military parade"),
    ("2026-40", "Q7747 CHN accepted null null null"), ("2026-11", "Q7747 CHN intended null shenzhen APEC summit"),
  ])
  func visits_stand_as_planned_or_made(_ when: String, _ expected: String) throws {
    let rows = try record.rows("visits").filter { $0["when"] == when }
    let columns = ["visitor", "host", "status", "level", "place", "occasion"]
    #expect(rows.map { row in columns.map { row[$0] }.joined(separator: " ") } == [expected])
    let isPlan = ["invited", "expected", "scheduled", "accepted", "intended"].contains(rows[0]["status"])
    #expect(rows[0][isPlan ? "plan/when" : "outcome/when"] == when)
    #expect(rows[0][isPlan ? "outcome" : "plan"] == "null")
  }

  @Test func visits_whose_day_nobody_gave_come_last_with_their_words() throws {
    let undated = try record.rows("visits").suffix(5)
    #expect(undated.allSatisfy { $0["when"] == "null" && $0["earliest"] == "null" && $0["latest"] == "null" })
    #expect(undated.allSatisfy { $0["expression"] != "absent" })
    #expect(try record.rows("visits").count == 15)
  }

  @Test func the_timeline_has_every_claim_in_the_order_of_time() throws {
    let rows = try record.rows("timeline")
    let claims = try Record.example().filter { $0.contains(#""type":"claim."#) }
    #expect(rows.count == claims.count)
    let dated = rows.prefix { $0["earliest"] != "null" || $0["latest"] != "null" }
    let earliest = dated.map { $0["earliest"] }.filter { $0 != "null" }
    #expect(earliest == earliest.sorted())
    #expect(rows[dated.count...].allSatisfy { $0["when"] == "null" && $0["latest"] == "null" })
    #expect(earliest.first == "2021-01-01")
    #expect(rows.allSatisfy { $0["claims"] == "[\($0["key"])]" })
  }

  @Test func spellings_of_one_person_meet_in_one_row_key() throws {
    let spelled = try record.rows("meetings") { $0.between = ("بوتين", "شي جين بينغ") }
    let byID = try record.rows("meetings") { $0.between = ("Q15031", "Q7747") }
    #expect(spelled.count == 7)
    #expect(spelled.map(\.description) == byID.map(\.description))
  }
}
