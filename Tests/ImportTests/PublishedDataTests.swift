import Foundation
import JSON
import Testing

@testable import Import

@Suite(.enabled(if: Repository.hasPublished, "there are no tables in ../shared/data"))
struct PublishedDataTests {
  @Test(arguments: [
    ("visits/foreign_leaders_to_us_1874_2009.csv", "visits.json"),
    ("trips/us_presidents_abroad_sample.csv", "trips.json"),
    ("treaties/gptad.csv", "treaties-gptad.json"), ("treaties/ieadb.csv", "treaties-ieadb.json"),
  ])
  func x(file: String, mapping: String) throws {
    let r = try Importing(
      csv: Repository.published.appending(path: file), mapping: Repository.examples.appending(path: mapping))
    print(
      file, r.tally.rows, r.tally.wholeRows, r.tally.partRows, r.tally.leftOutRows, r.tally.events,
      r.tally.repeatedEvents, r.tally.leftOutEvents, r.tally.excludedEvents, r.tally.isBalanced,
      r.importer.unusedColumns)
    for (k, f) in r.tally.findings { print(k, f.count); for x in f.first { print("  ", x) } }
    for e in r.made.prefix(6) { print(String(decoding: e.bytes, as: UTF8.self)) }
  }
  @Test func y() throws {
    let r = try Importing(
      csv: Repository.examples.appending(path: "treaties.csv"),
      mapping: Repository.examples.appending(path: "treaties.json"))
    for x in r.findings { print("  ", x) }
    for e in r.made { print(String(decoding: e.bytes, as: UTF8.self)) }
  }
}
