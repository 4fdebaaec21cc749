import Foundation
import Testing

@testable import Import

/// The examples beside the schemas.
@Suite struct ExampleTests {
  private func example(_ name: String) throws -> Importing {
    try Importing(
      csv: Repository.examples.appending(path: "\(name).csv"),
      mapping: Repository.examples.appending(path: "\(name).json"))
  }

  @Test(arguments: [
    ("visits", 14, "claim.visit", 14), ("trips", 13, "claim.visit", 13), ("treaties", 8, "claim.treaty", 11),
  ])
  func every_row_of_an_example_is_accounted_for(name: String, rows: Int, type: String, events: Int) throws {
    let example = try example(name)
    #expect(example.tally.rows == rows)
    #expect(example.tally.events[type] == events)
    #expect(example.tally.isBalanced)
  }

  @Test func a_visit_keeps_its_days_its_words_and_who_came_from_where() throws {
    let visit = try #require(try example("visits").event("visit/2138")?["data"])
    #expect(visit["when"]?.string == "1874-12-12/1874-12-23")
    #expect(visit["visitor"]?["entity"]?.string == "Hawaii/King Kalakaua")
    #expect(visit["evidence"]?.elements.first { _ in true }?["quote"]?.string?.hasPrefix("In U.S. November 29") == true)
  }

  @Test func a_cell_without_words_gives_no_quotation() throws {
    let visit = try #require(try example("visits").event("visit/2148")?["data"])
    #expect(visit["evidence"].map { String(decoding: $0.rawText, as: UTF8.self) } == #"[{"document":"state-visits"}]"#)
  }

  @Test func a_journey_has_no_place_where_none_is_given() throws {
    let trips = try example("trips")
    #expect(trips.event("trip/2402")?["data"]?["place"] == nil)
    #expect(trips.event("trip/2399")?["data"]?["place"]?.string == "Moscow, St. Petersburg")
    #expect(trips.event("trip/2399")?["data"]?["host"]?["entity"]?.string == "RUS")
  }

  @Test func dates_of_many_shapes_are_read_and_slips_of_the_pen_are_told() throws {
    let treaties = try example("treaties")
    let signed = ["Antarctic Treaty", "INF Treaty", "START I", "Comprehensive Test Ban Treaty", "New START"].map {
      treaties.event("signed/\($0)")?["data"]?["when"]?.string
    }
    #expect(signed == ["1959-12-01", "1987-12-08", "1991-07-31", "1996-09-24", "2010-04"])
    #expect(treaties.told == ["7 date none", "7 date none", "8 ragged-row row", "9 ragged-row row"])
    #expect(
      treaties.event("signed/Treaty with a slip of the pen")?["data"]?["when"]?["expression"]?.string == "31.04.1999")
  }
}
