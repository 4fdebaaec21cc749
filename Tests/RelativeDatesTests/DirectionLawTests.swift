import EDTF
import TestSupport
import Testing

@testable import RelativeDates

/// What holds between the directions whatever the rule and the day; see `schema/dates.md`, "Relative dates".
@Suite struct DirectionLawTests {
  /// A rule but for its direction.
  enum Name: Sendable {
    case weekday(Int), month(Int), part(YearPart)

    func callAsFunction(_ direction: Direction) -> RelativeRule {
      switch self {
      case .weekday(let day): .weekday(day, direction)
      case .month(let month): .monthName(month, direction)
      case .part(let part):
        RelativeRule.seasons.contains(part.rawValue) ? .season(part, direction) : .yearPart(part, direction)
      }
    }
  }

  /// The first and the last day of the date that a rule gives, seen from a day or two.
  struct Span: Hashable {
    let first: Day
    let last: Day
    let date: EDTF

    func holds(_ day: Day) -> Bool { first <= day && day <= last }

    /// Days between a day and this; none where it holds the day.
    func distance(from day: Day) -> Int64 {
      holds(day) ? 0 : day < first ? day.days(until: first) : last.days(until: day)
    }
  }

  private static func span(_ rule: RelativeRule, _ published: EDTF) throws -> Span? {
    guard case .date(let date) = rule.resolved(from: published) else { return nil }
    return Span(
      first: try #require(date.bounds.earliest.day), last: try #require(date.bounds.latest.day), date: date)
  }

  private static func day(after day: Day) throws -> Day { try #require(day.adding(days: 1)) }

  private static func span(_ rule: RelativeRule, _ day: Day) throws -> Span? { try span(rule, try #require(EDTF(day))) }

  /// All names a rule can have.
  private static let names =
    RelativeRule.months.map(Name.month) + YearPart.allCases.map(Name.part) + RelativeRule.weekdays.map(Name.weekday)

  /// Calls a test with days from the year 1 to 9990, and with every day of four years that hold a leap day.
  private static func forDays(_ name: String, _ test: (Name, Day) throws -> Void) throws {
    var random = SeededGenerator(name)
    let (first, last) = (try #require(Day(year: 1, month: 1, day: 1)), try #require(Day(year: 9990, month: 1, day: 1)))
    for _ in 0..<3_000 {
      let day = Day(number: Int64.random(in: first.number...last.number, using: &random))
      try test(try #require(names.randomElement(using: &random)), day)
    }
    let start = try #require(Day(year: 2023, month: 1, day: 1))
    for offset in 0..<(4 * 365 + 1) {
      let day = try #require(start.adding(days: Int64(offset)))
      try test(names[offset % names.count], day)
    }
  }

  @Test func last_is_over_next_is_to_come_and_nothing_of_the_name_lies_between() throws {
    try Self.forDays("last and next") { name, day in
      let last = try #require(try Self.span(name(.last), day))
      let next = try #require(try Self.span(name(.next), day))
      #expect(last.last < day && day < next.first, "\(name(.last)) from \(day)")
      // The one after the last one is over holds the day, or is the next one; no other fits between.
      let after = try #require(try Self.span(name(.coming), Self.day(after: last.last)))
      #expect(after == next || after.holds(day), "\(name(.last)) from \(day)")
      if after != next {
        let following = try #require(try Self.span(name(.coming), Self.day(after: after.last)))
        #expect(following == next, "\(name(.next)) from \(day)")
      }
    }
  }

  @Test func past_has_begun_and_coming_is_not_over() throws {
    try Self.forDays("past and coming") { name, day in
      let past = try #require(try Self.span(name(.past), day))
      let coming = try #require(try Self.span(name(.coming), day))
      #expect(past.first <= day && coming.last >= day, "\(name(.past)) from \(day)")
      // The two are one exactly where it holds the day; else they are the last and the next.
      #expect((past == coming) == past.holds(day) && past.holds(day) == coming.holds(day))
      if !past.holds(day) {
        #expect(try past == Self.span(name(.last), day) && coming == Self.span(name(.next), day))
      }
    }
  }

  @Test func nearest_is_the_nearer_of_past_and_coming_and_none_if_both_are() throws {
    try Self.forDays("nearest") { name, day in
      let past = try #require(try Self.span(name(.past), day))
      let coming = try #require(try Self.span(name(.coming), day))
      let (back, on) = (past.distance(from: day), coming.distance(from: day))
      let expected = back == on && past != coming ? nil : back <= on ? past : coming
      #expect(try Self.span(name(.nearest), day) == expected, "\(name(.nearest)) from \(day)")
    }
  }

  @Test func this_holds_the_day_or_begins_in_its_year() throws {
    try Self.forDays("this") { name, day in
      let past = try #require(try Self.span(name(.past), day))
      let this = try Self.span(name(.this), day)
      guard case .weekday = name(.this) else {
        let this = try #require(this)
        #expect(past.holds(day) ? this == past : this.first.year == day.year, "\(name(.this)) from \(day)")
        return
      }
      // No event has it; what it would give is the day itself or nothing.
      #expect(this == (past.holds(day) ? past : nil))
    }
  }

  @Test func a_later_day_never_gives_an_earlier_date() throws {
    try Self.forDays("order of days") { name, day in
      let later = try Self.day(after: day)
      for direction in Direction.allCases {
        guard let one = try Self.span(name(direction), day), let other = try Self.span(name(direction), later) else {
          continue
        }
        #expect(one.first <= other.first, "\(name(direction)) from \(day)")
      }
    }
  }

  @Test func a_coarse_date_gives_what_all_its_days_give_or_nothing() throws {
    var random = SeededGenerator("coarse dates")
    for _ in 0..<400 {
      let start = Day(number: Int64.random(in: 15_000...25_000, using: &random))
      let length = Int64.random(in: 0...40, using: &random)
      let end = try #require(start.adding(days: length))
      let name = try #require(Self.names.randomElement(using: &random))
      let direction = try #require(Direction.allCases.randomElement(using: &random))
      let days = try (0...length).map { try #require(start.adding(days: $0)) }
      let found = Set(try days.map { try Self.span(name(direction), $0) })
      let expected = found.count == 1 ? found.first ?? nil : nil
      let coarse = try Self.span(name(direction), try EDTF("\(start)/\(end)"))
      #expect(coarse == expected, "\(name(direction)) from \(start)/\(end)")
    }
  }

  @Test func offsets_count_from_the_day_and_its_year() throws {
    var random = SeededGenerator("offsets")
    for _ in 0..<1_000 {
      let day = Day(number: Int64.random(in: -300_000...300_000, using: &random))
      let days = Int.random(in: RelativeRule.dayOffsets, using: &random)
      let there = try #require(try Self.span(.dayOffset(days), day))
      #expect(there.first == there.last && day.days(until: there.first) == Int64(days), "\(days) days from \(day)")
      let years = Int.random(in: RelativeRule.yearOffsets, using: &random)
      let year = try #require(try Self.span(.yearOffset(years), day))
      #expect(year.first == Day(year: day.year + years, month: 1, day: 1), "\(years) years from \(day)")
      #expect(year.last == Day(year: day.year + years, month: 12, day: 31), "\(years) years from \(day)")
    }
  }

  @Test func the_date_is_of_the_name_that_the_rule_gives() throws {
    try Self.forDays("names") { name, day in
      for direction in Direction.allCases {
        guard let span = try Self.span(name(direction), day) else { continue }
        switch name {
        case .weekday(let weekday): #expect(span.first.weekday == weekday && span.first == span.last)
        case .month(let month): #expect(span.first.month == month && span.last.month == month && span.first.day == 1)
        case .part(let part):
          #expect(span.date.description.hasSuffix("-\(part.rawValue)") && span.first.month == part.firstMonth)
        }
      }
    }
  }
}
