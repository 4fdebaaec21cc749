import Spelling

/// The names of the days of the week, in Arabic (Unicode CLDR 48, `dates/calendars/gregorian/days`, with spellings that
/// newspapers use beside them) and English.
///
/// Arabic names have the article: without it they are also words for "one", "army" and "Friday prayers".
package enum WeekdayNames {
  /// The day that a name means as ISO 8601 counts days, 1 Monday to 7 Sunday; nil where it means none.
  /// - Parameter language: BCP 47 tag of the name's language; nil looks in all languages known.
  package static func weekday(named name: String, language: String?) -> Int? {
    table.number(NameFolding.folded(name), in: CalendarLanguage.of(language))
  }

  /// The English name of a day.
  /// - Parameter weekday: 1 Monday to 7 Sunday; anything else is a bug of the caller.
  package static func english(_ weekday: Int) -> String { english[weekday - 1][0] }

  static let table = CalendarNames([.arabic: arabic, .english: english])

  private static let arabic = [
    ["الاثنين"], ["الثلاثاء", "الثلاثا", "الثلثاء"], ["الأربعاء", "الأربعا"], ["الخميس"], ["الجمعة"], ["السبت"],
    ["الأحد"],
  ]

  private static let english = [
    ["Monday", "Mon"], ["Tuesday", "Tue", "Tues"], ["Wednesday", "Wed"], ["Thursday", "Thu", "Thur", "Thurs"],
    ["Friday", "Fri"], ["Saturday", "Sat"], ["Sunday", "Sun"],
  ]
}
