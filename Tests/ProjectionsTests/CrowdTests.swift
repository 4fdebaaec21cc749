import Testing
import ViewTestSupport

@testable import Projections

/// Rows with so many parties that not every pair of them is indexed.
struct CrowdTests {
  private static func meeting(_ id: String, day: Int, _ parties: [String]) -> String {
    let names = parties.map { "\"\($0)\"" }.joined(separator: ",")
    return Line.claim("meeting", id, #""when":"2024-05-\#(day < 10 ? "0" : "")\#(day)","parties":[\#(names)]"#)
  }

  private static func parties(_ count: Int) -> [String] {
    (0..<count).map { "P\($0)" }
  }

  @Test(arguments: [2, 7, Facet.mostPaired, Facet.mostPaired + 1, 30])
  func a_row_is_found_by_every_pair_of_its_parties(_ count: Int) throws {
    let parties = Self.parties(count)
    let log = try ViewLog()
    try log.append([Self.meeting("m1", day: 1, parties)])
    for one in parties {
      for other in parties where one != other {
        #expect(try log.rows("meetings") { $0.between = (one, other) }.count == 1, "\(one) \(other)")
      }
      #expect(try log.rows("meetings") { $0.with = [one] }.count == 1)
      #expect(try log.rows("meetings") { $0.between = (one, "stranger") }.isEmpty)
      #expect(try log.rows("meetings") { $0.between = ("stranger", one) }.isEmpty)
    }
    try log.close()
  }

  @Test func rows_of_few_and_of_many_come_in_one_order() throws {
    let log = try ViewLog()
    let crowd = Self.parties(12)
    try log.append(
      (1...9).map { day in Self.meeting("m\(day)", day: day, day % 2 == 0 ? crowd : ["P0", "P1"]) }
        + (10...12).map { day in Self.meeting("m\(day)", day: day, Array(crowd.dropFirst())) })
    let days = (1...9).map { "2024-05-0\($0)" }
    #expect(try log.column("when", of: "meetings") { $0.between = ("P1", "P0") } == days)
    let descending = try log.column("when", of: "meetings") {
      $0.between = ("P0", "P1")
      $0.order = .descending
    }
    #expect(descending == days.reversed())
    var (question, paged) = (ViewQuestion(at: ViewLog.today), [String]())
    question.between = ("P0", "P1")
    question.limit = 2
    repeat {
      let answer = try log.answer("meetings", question)
      paged += ViewLog.rows(answer)
      question.after = answer.cursor
    } while question.after != nil
    #expect(try paged == log.rows("meetings") { $0.between = ("P0", "P1") })
    try log.close()
  }

  @Test(arguments: [true, false])
  func a_row_that_grows_into_a_crowd_is_found_before_and_after(_ indexesPairs: Bool) throws {
    let log = try ViewLog([Gathering(indexesPairs: indexesPairs)])
    for index in 0..<12 {
      try log.append([Line.claim("visit", "v\(index)", #""visitor":"P\#(index)","host":"Q\#(index)""#)])
    }
    for position in 1...12 {
      let asOf = UInt64(position)
      #expect(try log.rows("gathering", asOf: asOf) { $0.between = ("P0", "Q\(position - 1)") }.count == 1)
      #expect(try log.rows("gathering", asOf: asOf) { $0.between = ("Q\(position)", "P0") }.isEmpty)
      #expect(try log.rows("gathering", asOf: asOf) { $0.with = ["P0", "Q0"] }.count == 1)
      #expect(try log.rows("gathering", asOf: asOf).count == 1)
    }
    try log.close()
  }
}
