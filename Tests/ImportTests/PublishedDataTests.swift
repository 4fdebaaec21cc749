import Foundation
import Testing

@testable import Import

/// Tables that others publish, as they are. They lie beside the repository, since not all may be part of it.
@Suite(.enabled(if: Repository.hasPublished, "the published tables are not in ../shared/data"))
struct PublishedDataTests {
  private func published(_ table: String, _ mapping: String) throws -> Importing {
    try Importing(
      csv: Repository.published.appending(path: table), mapping: Repository.examples.appending(path: mapping))
  }

  @Test func all_visits_of_foreign_leaders_are_taken() throws {
    let visits = try published("visits/foreign_leaders_to_us_1874_2009.csv", "visits.json")
    #expect(visits.tally.isBalanced)
    #expect(visits.rows == [2493, 2493, 0, 0])
    #expect(visits.tally.events["claim.visit"] == 2493)
    #expect(visits.told == [])
    #expect(visits.event("visit/2138")?["data"]?["when"]?.string == "1874-12-12/1874-12-23")
  }

  @Test func all_journeys_of_presidents_are_taken() throws {
    let trips = try published("trips/us_presidents_abroad_sample.csv", "trips.json")
    #expect(trips.tally.isBalanced)
    #expect(trips.rows == [322, 322, 0, 0])
    #expect(trips.told == [])
    #expect(trips.event("trip/2382")?["data"]?["when"]?.string == "2001-04-20/2001-04-22")
  }

  @Test func trade_agreements_keep_American_dates_and_parties_in_brackets() throws {
    let treaties = try published("treaties/gptad.csv", "treaties-gptad.json")
    #expect(treaties.tally.isBalanced)
    #expect(treaties.rows == [352, 352, 0, 0])
    #expect(treaties.told == ["4 repeated-row none", "5 repeated-row none"])
    let signed = try #require(treaties.event("signed/Albania - Croatia/09/27/2002")?["data"])
    #expect(signed["when"]?.string == "2002-09-27")
    #expect(signed["parties"].map { String(decoding: $0.rawText, as: UTF8.self) } == #"["Albania","Croatia"]"#)
    #expect(!treaties.made.contains { String(decoding: $0.bytes, as: UTF8.self).contains(#"\\r\\n"#) })
  }

  @Test func environmental_agreements_lose_only_dates_that_cannot_be() throws {
    let treaties = try published("treaties/ieadb.csv", "treaties-ieadb.json")
    #expect(treaties.tally.isBalanced)
    #expect(treaties.rows == [5728, 5506, 222, 0])
    #expect(Set(treaties.findings.map(\.kind)) == [.date])
    // The years 2599 to 3200 stand for something that the table does not say.
    let years = Set(treaties.findings.compactMap { $0.value?.prefix(4) })
    #expect(years == ["2599", "2699", "2899", "2999", "3200"])
    // No day of signature, though a year.
    #expect(treaties.events.contains { $0["data"]?["when"]?.string == "1826" })
    #expect(treaties.event("signed/4015")?["data"]?["when"]?.string == "1351-08-01")
  }
}
