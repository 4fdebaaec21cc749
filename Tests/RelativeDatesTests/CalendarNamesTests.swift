import Foundation
import Testing

@testable import RelativeDates

/// The names of months and days of the week, against Unicode CLDR (see `Fixtures/cldr`).
@Suite struct CalendarNamesTests {
  struct Named: Sendable, CustomTestStringConvertible {
    let locale: String
    let number: Int
    let name: String
    var testDescription: String { "\(locale) \(number) \(name)" }
  }

  private static func table(_ file: String) -> [Named] {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/cldr/\(file)")
    guard let text = try? String(contentsOf: fixture, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t").map(String.init)
      return fields.count == 3 ? Int(fields[1]).map { Named(locale: fields[0], number: $0, name: fields[2]) } : nil
    }
  }

  private static let months = table("arabic-months.tsv")
  private static let weekdays = table("arabic-weekdays.tsv")

  @Test func the_names_of_all_locales_are_read() {
    #expect(Self.months.count == 12 * 27 && Set(Self.months.map(\.locale)).count == 27)
    #expect(Self.weekdays.count == 7)
  }

  @Test func every_arabic_name_of_a_month_means_that_month() {
    for month in Self.months {
      #expect(MonthNames.month(named: month.name, language: month.locale) == month.number, "\(month.testDescription)")
      #expect(MonthNames.month(named: month.name, language: nil) == month.number, "\(month.testDescription)")
    }
  }

  @Test func every_arabic_name_of_a_day_means_that_day() {
    for day in Self.weekdays {
      #expect(WeekdayNames.weekday(named: day.name, language: "ar") == day.number, "\(day.testDescription)")
      #expect(WeekdayNames.weekday(named: day.name, language: nil) == day.number, "\(day.testDescription)")
    }
  }

  @Test func the_two_names_of_every_month_may_stand_together() throws {
    let levant = Dictionary(
      uniqueKeysWithValues: Self.months.filter { $0.locale == "ar-LB" }.map { ($0.number, $0.name) })
    for month in Self.months {
      let other = try #require(levant[month.number])
      for text in ["\(month.name)/ \(other)", "\(other) (\(month.name))", "\(other)/\(month.name)"] {
        #expect(try MonthNames.month(written: text, language: "ar") == month.number, "\(text)")
      }
    }
  }

  @Test func names_of_different_months_do_not_stand_together() {
    #expect(throws: MonthNames.Failure.disagreement(6, 7)) {
      try MonthNames.month(written: "يونيو/ تموز", language: "ar")
    }
    #expect(throws: MonthNames.Failure.unknown("brumaire")) {
      try MonthNames.month(written: "June/Brumaire", language: "en")
    }
    #expect(throws: MonthNames.Failure.unknown(" / ")) { try MonthNames.month(written: " / ", language: nil) }
  }

  @Test(arguments: [
    ("September", "en", 9), ("SEPT", "en-GB", 9), ("sep", nil, 9), ("May", "en", 5), ("آب", "ar", 8), ("اب", "ar", 8),
    ("تَمُّوز", "ar", 7), ("  كانون   الثاني ", "ar", 1), ("كانون الاول", "ar-LB", 12), ("ابريل", "ar", 4),
    ("إبريل", "AR", 4),
  ])
  func names_are_compared_as_names_are(_ name: String, _ language: String?, _ month: Int) {
    #expect(MonthNames.month(named: name, language: language) == month)
  }

  @Test(arguments: [
    ("September", "ar"), ("أيلول", "en"), ("septembre", "fr"), ("September", "fr"), ("كانون", "ar"), ("Sunday", nil),
    ("", nil), ("9", "en"), ("رمضان", "ar"),
  ])
  func what_is_no_name_of_a_month_means_none(_ name: String, _ language: String?) {
    #expect(MonthNames.month(named: name, language: language) == nil)
  }

  @Test(arguments: [
    ("Wednesday", "en", 3), ("wed", nil, 3), ("Thurs", "en-US", 4), ("الاربعاء", "ar", 3), ("الثلثاء", "ar-LB", 2),
    ("الإثنين", "ar", 1), ("الأحـد", "ar", 7),
  ])
  func days_are_compared_as_names_are(_ name: String, _ language: String?, _ day: Int) {
    #expect(WeekdayNames.weekday(named: name, language: language) == day)
  }

  @Test(arguments: [("أحد", "ar"), ("جمعة", "ar"), ("خميس", "ar"), ("Wednesday", "ar"), ("mercredi", "fr"), ("", nil)])
  func without_its_article_a_day_is_another_word(_ name: String, _ language: String?) {
    #expect(WeekdayNames.weekday(named: name, language: language) == nil)
  }

  @Test func english_names_mean_what_they_stand_for() {
    for month in 1...12 { #expect(MonthNames.month(named: MonthNames.english(month), language: "en") == month) }
    for day in 1...7 { #expect(WeekdayNames.weekday(named: WeekdayNames.english(day), language: "en") == day) }
  }
}
