import EDTF
import Testing

@testable import RelativeDates

/// What rules come to, by hand.
@Suite struct ResolutionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let published: String
    let rule: RelativeRule
    /// The date; nil where the document's date is too coarse.
    let date: String?

    init(_ published: String, _ rule: RelativeRule, _ date: String?) {
      (self.published, self.rule, self.date) = (published, rule, date)
    }

    var testDescription: String { "\(rule) from \(published)" }

    func check() throws {
      let expected = try date.map { Resolution.date(try EDTF($0)) } ?? .tooCoarse
      #expect(rule.resolved(from: try EDTF(published)) == expected)
    }
  }

  @Test(arguments: [
    // Published on Wednesday, 4 February 2026.
    Row("2026-02-04", .weekday(3, .past), "2026-02-04"),
    Row("2026-02-04", .monthName(11, .next), "2026-11"),
    Row("2026-02-04", .monthName(9, .last), "2025-09"),
    Row("2026-02-04", .season(.spring, .last), "2025-21"),
    Row("2026-02-04", .yearPart(.firstHalf, .this), "2026-40"),
    // On Friday, 30 December 2022.
    Row("2022-12-30", .weekday(5, .past), "2022-12-30"),
    Row("2022-12-30", .season(.spring, .next), "2023-21"),
    Row("2022-12-30", .yearOffset(1), "2023"),
    Row("2022-12-30", .dayOffset(-2), "2022-12-28"),
    // On Tuesday, 2 September 2025.
    Row("2025-09-02", .weekday(7, .past), "2025-08-31"),
    Row("2025-09-02", .weekday(3, .coming), "2025-09-03"),
    Row("2025-09-02", .weekday(1, .past), "2025-09-01"),
    // On Wednesday, 15 December 2021.
    Row("2021-12-15", .weekday(7, .past), "2021-12-12"),
  ])
  func words_of_news_mean_the_dates_a_reader_finds(_ row: Row) throws { try row.check() }

  @Test(arguments: [
    // Tuesday itself, on a Tuesday.
    Row("2025-09-02", .weekday(2, .past), "2025-09-02"),
    Row("2025-09-02", .weekday(2, .last), "2025-08-26"),
    Row("2025-09-02", .weekday(2, .next), "2025-09-09"),
    Row("2025-09-02", .weekday(2, .coming), "2025-09-02"),
    Row("2025-09-02", .weekday(2, .nearest), "2025-09-02"),
    Row("2025-09-02", .weekday(5, .nearest), "2025-09-05"),
    Row("2025-09-02", .weekday(6, .nearest), "2025-08-30"),
    // September, in September.
    Row("2025-09-02", .monthName(9, .past), "2025-09"),
    Row("2025-09-02", .monthName(9, .last), "2024-09"),
    Row("2025-09-02", .monthName(9, .next), "2026-09"),
    Row("2025-09-02", .monthName(9, .coming), "2025-09"),
    Row("2025-09-02", .monthName(9, .nearest), "2025-09"),
    Row("2025-09-02", .monthName(9, .this), "2025-09"),
    // Months of the year that the day does not lie in.
    Row("2025-09-02", .monthName(3, .this), "2025-03"),
    Row("2025-09-02", .monthName(12, .this), "2025-12"),
    Row("2025-09-02", .monthName(3, .nearest), "2025-03"),
    Row("2025-09-02", .monthName(2, .nearest), "2026-02"),
    // Winter belongs to the year it begins in, and reaches into the next.
    Row("2026-02-28", .season(.winter, .past), "2025-24"),
    Row("2026-02-28", .season(.winter, .last), "2024-24"),
    Row("2026-02-28", .season(.winter, .this), "2025-24"),
    Row("2026-02-28", .season(.winter, .next), "2026-24"),
    Row("2026-03-01", .season(.winter, .last), "2025-24"),
    Row("2026-03-01", .season(.winter, .this), "2026-24"),
    Row("2026-03-01", .season(.winter, .coming), "2026-24"),
    Row("2026-01-15", .season(.southernSummer, .coming), "2025-30"),
    Row("2026-06-30", .yearPart(.secondHalf, .next), "2026-41"),
    Row("2026-07-01", .yearPart(.secondHalf, .next), "2027-41"),
    Row("2026-07-01", .yearPart(.fourthQuarter, .last), "2025-36"),
    // Leap days, ends of months and years.
    Row("2024-03-01", .dayOffset(-1), "2024-02-29"),
    Row("2023-12-31", .dayOffset(1), "2024-01-01"),
    Row("0001-06-01", .yearOffset(-2), "-0001"),
  ])
  func a_direction_chooses_among_dates_of_one_name(_ row: Row) throws { try row.check() }

  @Test(arguments: [
    Row("2025-09", .weekday(2, .past), nil), Row("2025-09", .dayOffset(0), nil),
    Row("2025-09", .monthName(9, .past), "2025-09"), Row("2025-09", .monthName(6, .last), "2025-06"),
    Row("2025", .monthName(6, .last), nil), Row("2025", .monthName(6, .this), "2025-06"),
    Row("2025", .yearOffset(1), "2026"), Row("2025-21", .monthName(9, .last), "2024-09"),
    Row("2025-24", .yearOffset(1), nil), Row("202X", .yearOffset(0), nil),
    // Two days that lie in one week.
    Row("2025-09-02/2025-09-03", .weekday(7, .past), "2025-08-31"),
    Row("2025-09-02/2025-09-03", .weekday(2, .past), "2025-09-02"),
    Row("2025-09-02/2025-09-03", .weekday(3, .past), nil),
    Row("[2025-09-02,2025-09-04]", .weekday(7, .past), "2025-08-31"),
    // A time does not make a finer date, and its zone does not move the day as written.
    Row("2025-09-02T23:30:00-05:00", .dayOffset(1), "2025-09-03"),
    // Ends that nobody gave.
    Row("2025-09-02/..", .weekday(7, .past), nil), Row("/2025-09-02", .yearOffset(0), nil),
  ])
  func a_coarse_date_of_a_document_gives_only_what_all_its_days_agree_on(_ row: Row) throws { try row.check() }

  @Test(arguments: [
    Row("2025-09-02?", .weekday(7, .past), "2025-08-31?"), Row("2025-09~", .yearOffset(1), "2026~"),
    Row("2025-09-~02", .dayOffset(1), "2025-09-03~"), Row("2025-?09-~02", .monthName(8, .last), "2025-08%"),
    Row("2025%", .season(.spring, .this), "2025-21%"),
  ])
  func the_qualifiers_of_the_document_are_those_of_the_date(_ row: Row) throws { try row.check() }

  @Test(arguments: [
    Row("9999-12-31", .dayOffset(1), nil), Row("9999-06-01", .monthName(1, .next), nil),
    Row("Y12026", .yearOffset(1), nil), Row("-9999", .yearOffset(-1), nil), Row("-9999", .yearOffset(1), "-9998"),
  ])
  func years_of_more_than_four_digits_are_not_reached(_ row: Row) throws { try row.check() }

  @Test func of_two_months_equally_near_neither_is_meant() throws {
    // From 15 February 2024 it is 168 days back to 31 August 2023 and 168 on to 1 August 2024.
    try Row("2024-02-15", .monthName(8, .nearest), nil).check()
    try Row("2024-02-14", .monthName(8, .nearest), "2023-08").check()
    try Row("2024-02-16", .monthName(8, .nearest), "2024-08").check()
  }

  @Test(arguments: ["2025-09-02", "2025", "2025/..", "Y120000"])
  func an_unstated_deadline_stays_unstated(_ published: String) throws {
    #expect(RelativeRule.deadlineUnstated.resolved(from: try EDTF(published)) == .unstated)
  }
}
