import Spelling

/// The names of the months of the Gregorian calendar, in Arabic and English.
///
/// Arabic has three sets of names: those of Egypt and the Gulf, those of the Levant and Iraq, and French ones in Algeria and
/// Tunisia, with variants of the first in Morocco and Mauritania. The Arabic names are those of Unicode CLDR 48 for its 27
/// Arabic locales (`dates/calendars/gregorian/months`), and spellings that newspapers use beside them; no name
/// stands for two months.
package enum MonthNames {
  /// Why a text names no one month.
  package enum Failure: Error, Hashable, Sendable {
    /// This part of the text is no name of a month.
    case unknown(String)
    /// Two parts name different months, 1–12.
    case disagreement(Int, Int)
  }

  /// The month that a name means; nil where it means none.
  /// - Parameter language: BCP 47 tag of the name's language; nil looks in all languages known.
  package static func month(named name: String, language: String?) -> Int? {
    table.number(NameFolding.folded(name), in: CalendarLanguage.of(language))
  }

  /// The month that a text names, once or doubled, as Arabic news write for readers of both systems: "يونيو/ حزيران".
  ///
  /// - Parameter text: names with slashes or parentheses between, all of one month.
  package static func month(written text: String, language: String?) throws(Failure) -> Int {
    var found: Int?
    let parts = text.unicodeScalars.split { $0 == "/" || $0 == "(" || $0 == ")" }.map { NameFolding.folded(String($0)) }
    for part in parts where !part.isEmpty {
      guard let month = table.number(part, in: CalendarLanguage.of(language)) else { throw .unknown(part) }
      if let found, found != month { throw .disagreement(found, month) }
      found = month
    }
    guard let found else { throw .unknown(text) }
    return found
  }

  /// The English name of a month.
  /// - Parameter month: 1–12; anything else is a bug of the caller.
  package static func english(_ month: Int) -> String { english[month - 1][0] }

  static let table = CalendarNames([.arabic: arabic, .english: english])

  private static let arabic = [
    ["يناير", "كانون الثاني", "كانون ثاني", "جانفي"],
    ["فبراير", "شباط", "فيفري"],
    ["مارس", "آذار"],
    ["أبريل", "نيسان", "أفريل"],
    ["مايو", "أيار", "ماي", "مايس"],
    ["يونيو", "يونيه", "حزيران", "جوان"],
    ["يوليو", "يوليه", "تموز", "جويلية", "يوليوز"],
    ["أغسطس", "آب", "أوت", "غشت", "أغشت"],
    ["سبتمبر", "أيلول", "شتنبر", "شتمبر"],
    ["أكتوبر", "تشرين الأول", "تشرين أول"],
    ["نوفمبر", "تشرين الثاني", "تشرين ثاني", "نونبر"],
    ["ديسمبر", "كانون الأول", "كانون أول", "دجنبر", "دجمبر"],
  ]

  private static let english = [
    ["January", "Jan"], ["February", "Feb"], ["March", "Mar"], ["April", "Apr"], ["May"], ["June", "Jun"],
    ["July", "Jul"], ["August", "Aug"], ["September", "Sep", "Sept"], ["October", "Oct"], ["November", "Nov"],
    ["December", "Dec"],
  ]
}
