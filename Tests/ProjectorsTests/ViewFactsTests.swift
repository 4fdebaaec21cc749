import JSON
import Testing
import ViewTestSupport

/// The example record of `schema/` in the views beside meetings, visits, figures and treaties.
struct ViewFactsTests {
  let record: Record

  init() throws {
    record = try Record(Record.example())
  }

  @Test func the_exercise_in_ningxia_had_more_than_ten_thousand() throws {
    let row = try record.row("exercises", ["place": ["نينغشيا"]])
    #expect(row["when"] == "2021-08")
    #expect([row["earliest"], row["latest"]] == ["2021-08-01", "2021-08-31"])
    #expect(row["participants"] == #"["CHN","RUS"]"#)
    #expect(row["headcount"] == #"{"low":10000,"high":null,"bound":"gt","unit":"people"}"#)
    #expect(row["attributors"] == #"["carnegie"]"#)
    #expect(row["exercise"] == "null")
  }

  @Test func naval_interaction_ended_two_days_before_the_article() throws {
    let row = try record.row("exercises", ["exercise": ["naval-interaction-2022"]])
    #expect(row["when"] == "2022-12-28")
    #expect(row["aspect"] == "until")
    // It ended then; when it began nobody says.
    #expect([row["earliest"], row["latest"]] == ["null", "2022-12-28"])
    #expect(row["place"] == "east-china-sea")
  }

  @Test func russia_is_second_in_pipeline_gas_and_fourth_in_liquefied_gas() throws {
    let rows = try record.rows("energy", ["measure": ["rank"]]) { $0.between = ("روسيا", "الصين") }
    let shown = rows.map { "\($0["supplier"]) \($0["consumer"]) \($0["commodity"]) \($0["route"]) \($0["rank"])" }
    #expect(
      shown.sorted() == ["RUS CHN liquefied natural gas null 4", "RUS CHN natural gas pipeline 2"])
    #expect(rows.allSatisfy { $0["speaker"] == "Q7747" })
  }

  @Test func more_gas_is_pledged_for_the_year_after_the_article() throws {
    let row = try record.row("energy", ["measure": ["pledge"]])
    #expect(row["when"] == "2023")
    #expect([row["earliest"], row["latest"]] == ["2023-01-01", "2023-12-31"])
    #expect(row["period"] == "null")
    #expect(row["amount"] == "null")
  }

  @Test func the_united_states_put_tariffs_on_india_on_a_day_nobody_gave() throws {
    let row = try record.row("sanctions", ["sender": ["أمريكا"], "target": ["الهند"]])
    #expect(row["measure"] == "tariff")
    #expect(row["percent"] == "null")
    #expect([row["when"], row["earliest"], row["latest"]] == ["null", "null", "null"])
  }

  @Test func the_two_wordings_of_the_alliance_are_two_statements_until_a_reviewer_links_them() throws {
    let row = try record.row("statements", ["speaker": ["بوتين"]])
    #expect(row["quote"] == #"["an important factor of stability","the most important factor of stability"]"#)
    #expect(row["differences/0/column"] == "quote")
    #expect(row["differences/0/class"] == "compatible")
    let claim = try record.rows("timeline").first { $0["key"] == row["differences/0/values/0/claims/0"] }
    let link = try #require(claim.flatMap { UInt64($0["links/0/event"]) })
    let before = try record.rows("statements", ["speaker": ["بوتين"]], asOf: link - 1)
    #expect(before.count == 2)
    #expect(before.allSatisfy { $0["conflict"] == "null" && $0["attributors"] == row["attributors"] })
  }

  @Test(arguments: ["2022-12-30", "2026-02-04"])
  func the_two_hundred_billion_have_no_deadline(_ day: String) throws {
    let row = try record.row("trade-targets", at: day)
    #expect(row["amount"] == #"{"value":200e9,"bound":"eq","unit":"USD"}"#)
    #expect(row["speaker"] == "Q7747")
    #expect(row["deadline"] == "null")
    #expect(row["state"] == "open-without-deadline")
    #expect(row["latest_level/0/period"] == "2020")
    #expect(row["latest_level/0/attributors"] == #"["carnegie"]"#)
  }

  @Test func putin_came_to_the_summit_and_is_to_come_to_the_parade() throws {
    let rows = try record.rows("gatherings") {
      $0.with = ["بوتين"]
      $0.documents = ["D3"]
    }
    let shown = rows.map { "\($0["gathering"]) \($0["status"]) \($0["when"])" }
    #expect(
      shown == ["sco-2025 occurred 2025-08-31/2025-09-01", "parade-2025 scheduled 2025-09-03"])
  }

  @Test func the_parade_has_kim_beside_putin_and_about_25_others() throws {
    let row = try record.row("gatherings", ["gathering": ["parade-2025"], "status": ["scheduled"]])
    #expect(row["attendees"] == #"["Q56226","Q7747"]"#)
    #expect(row["headcount/low"] == "25")
    #expect(row["headcount/bound"] == "approx")
    #expect(row["conflict"] == "null")
  }

  @Test(arguments: ["exercises", "energy", "sanctions", "statements", "gatherings"])
  func no_row_has_a_date_that_its_claims_do_not_give(_ view: String) throws {
    let claimed = try record.rows("timeline")
    let rows = try record.rows(view)
    #expect(!rows.isEmpty)
    for row in rows {
      let claims = claimed.filter { row.holds(claim: $0["key"]) }
      for column in ["when", "earliest", "latest"] {
        #expect(claims.contains { $0[column] == row[column] }, "\(row)")
      }
    }
    #expect(try record.rows(view, asOf: 40).isEmpty)
  }
}

extension AnsweredRow {
  /// Whether the row rests on the claim at a position.
  fileprivate func holds(claim position: String) -> Bool {
    value["claims"]?.elements.contains { $0.numberText == position } ?? false
  }
}
