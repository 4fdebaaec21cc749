import Testing

@testable import EDTF

@Suite struct DayTests {
  @Test(arguments: [
    (1970, 1, 1, 0 as Int64, 4), (1969, 12, 31, -1, 3), (2000, 2, 29, 11_016, 2), (2000, 3, 1, 11_017, 3),
    (2026, 2, 4, 20_488, 3), (1900, 3, 1, -25_508, 4), (0, 3, 1, -719_468, 3), (0, 1, 1, -719_528, 6),
    (-1, 12, 31, -719_529, 5), (1582, 10, 15, -141_427, 5), (9999, 12, 31, 2_932_896, 5),
  ])
  func known_days_have_their_number_and_weekday(year: Int, month: Int, day: Int, number: Int64, weekday: Int) throws {
    let value = try #require(Day(year: year, month: month, day: day))
    #expect(value.number == number)
    #expect(value.weekday == weekday)
    #expect(Day(number: number).calendarDate == (year, month, day))
  }

  @Test func consecutive_numbers_are_consecutive_dates_for_eight_centuries() throws {
    var day = try #require(Day(year: -401, month: 1, day: 1))
    let end = try #require(Day(year: 400, month: 1, day: 1))
    while day < end {
      let date = day.calendarDate
      let next = Day(number: day.number + 1)
      let isLastOfMonth = date.day == Day.length(ofMonth: date.month, year: date.year)
      let isLastOfYear = isLastOfMonth && date.month == 12
      let expected =
        isLastOfYear
        ? (date.year + 1, 1, 1) : isLastOfMonth ? (date.year, date.month + 1, 1) : (date.year, date.month, date.day + 1)
      try #require(next.calendarDate == expected)
      try #require(Day(year: date.year, month: date.month, day: date.day) == day)
      try #require(next.weekday == day.weekday % 7 + 1)
      day = next
    }
  }

  @Test(arguments: [(2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0)])
  func a_date_that_does_not_exist_has_no_day(year: Int, month: Int, day: Int) {
    #expect(Day(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [Int.max, Int.min, 200_000_000_001])
  func a_year_out_of_range_has_no_day(year: Int) {
    #expect(Day(year: year, month: 1, day: 1) == nil)
  }

  @Test(arguments: [200_000_000_000, -200_000_000_000])
  func the_furthest_years_come_back_unchanged(year: Int) throws {
    let day = try #require(Day(year: year, month: 12, day: 31))
    #expect(day.calendarDate == (year, 12, 31))
  }

  @Test(arguments: [
    (2026, "2026-02-04"), (44, "0044-02-04"), (0, "0000-02-04"), (-44, "-0044-02-04"), (12_026, "Y12026-02-04"),
    (-12_026, "Y-12026-02-04"),
  ])
  func a_day_prints_as_iso_8601(year: Int, text: String) {
    #expect(Day(year: year, month: 2, day: 4)?.description == text)
  }

  @Test func adding_days_crosses_months_and_stops_at_the_limit() throws {
    let day = try #require(Day(year: 2024, month: 2, day: 28))
    #expect(day.adding(days: 2)?.description == "2024-03-01")
    #expect(day.adding(days: -59)?.description == "2023-12-31")
    #expect(day.adding(days: .max) == nil)
    #expect(day.adding(days: .min) == nil)
    #expect(day.adding(days: Day.numberLimit) == nil)
    #expect(Day(number: 5).days(until: Day(number: 3)) == -2)
  }

  @Test func a_day_makes_the_expression_that_reads_back_as_it() throws {
    let day = try #require(Day(year: -44, month: 3, day: 15))
    let expression = try #require(EDTF(day))
    #expect(try EDTF("-0044-03-15") == expression)
    #expect(expression.bounds == Bounds(day))
    #expect(EDTF(try #require(Day(year: 10_000, month: 1, day: 1))) == nil)
  }
}
