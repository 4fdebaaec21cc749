import EDTF
import Testing

@testable import RelativeDates

/// What an expression says of days and months, and whether a date contradicts it.
@Suite struct ExpressionTests {
  @Test(arguments: [
    ("الأربعاء", "ar", 3), ("يوم الأربعاء الماضي", "ar", 3), ("مساء الثلاثاء", nil, 2), ("على يوم الاربعاء،", "ar", 3),
    ("on Wednesday", "en", 3), ("(Wed.)", "en", 3), ("late on Sunday night", nil, 7),
    // Particles are written together with the name.
    ("والسبت", "ar", 6), ("فالسبت", "ar", 6), ("بالسبت", "ar", 6), ("للسبت", "ar", 6), ("وللسبت", "ar", 6),
    ("والاثنين", "ar", 1), ("للأحد", "ar", 7), ("وبالجمعة", "ar", 5),
    // One day named twice is one day.
    ("Friday, the Friday of the call", "en", 5),
  ])
  func a_day_is_found_among_other_words(_ expression: String, _ language: String?, _ day: Int) {
    #expect(ExpressionWords.weekday(in: expression, language: language) == day)
  }

  @Test(arguments: [
    ("قبل أيام", "ar"), ("أحد الأيام", "ar"), ("الأحد والاثنين", "ar"), ("Friday or Saturday", "en"),
    ("Wednesdayish", "en"), ("on Wednesday", "ar"), ("الأربعاء", "en"), ("mercredi", "fr"), ("", nil), ("سبت", "ar"),
    ("كالسبت", "ar"),
  ])
  func no_day_or_two_are_none(_ expression: String, _ language: String?) {
    #expect(ExpressionWords.weekday(in: expression, language: language) == nil)
  }

  @Test(arguments: [
    ("28 يونيو/ حزيران", "ar", 6), ("في سبتمبر الماضي", "ar", 9), ("منذ نوفمبر 2019", "ar", 11), ("بحزيران", "ar", 6),
    ("ليونيو", "ar", 6), ("ولشباط", "ar", 2), ("next November", "en", 11), ("5 Feb. 2026", "en", 2),
    // The longest name: "الثاني" alone is only "the second".
    ("في كانون الثاني", "ar", 1), ("تشرين الأول/ أكتوبر", "ar", 10), ("وكانون الأول", "ar", 12),
    ("آب", "ar", 8), ("في آب الماضي", "ar", 8),
  ])
  func a_month_is_found_among_other_words(_ expression: String, _ language: String?, _ month: Int) {
    #expect(ExpressionWords.month(in: expression, language: language) == month)
  }

  @Test(arguments: [
    ("النصف الأول من العام", "ar"), ("بين مايو ويونيو", "ar"), ("June/July", "en"), ("باب", "ar"), ("وآب", "ar"),
    ("كانون", "ar"), ("November", "ar"), ("mayor", "en"), ("", nil),
  ])
  func no_month_or_two_are_none(_ expression: String, _ language: String?) {
    #expect(ExpressionWords.month(in: expression, language: language) == nil)
  }

  @Test(arguments: [
    ("الأربعاء", "ar", "2026-02-04"), ("الأربعاء", "ar", "2026-02-04?"), ("Friday", "en", "2022-12-30"),
    ("28 يونيو/ حزيران", "ar", "2021-06-28"), ("last September", "en", "2025-09"), ("قبل أيام", "ar", "2022-12-28"),
    // Not a day: nothing to compare.
    ("Wednesday", "en", "2026-02"), ("Wednesday", "en", "2026"), ("Wednesday", "en", "2026-02-05~"),
    ("Wednesday", "en", "2026-02-04/2026-02-06"), ("Wednesday", "en", "2026-02-XX"),
    // Not within a month.
    ("September", "en", "2025"), ("September", "en", "2025-21"), ("September", "en", "2025-06/2025-08"),
    ("September", "en", "2025-06/.."),
    // Words of another language than the one given are no words.
    ("Thursday", "ar", "2026-02-04"), ("Thursday", "fr", "2026-02-04"),
  ])
  func words_and_date_agree_or_cannot_be_compared(_ words: String, _ language: String, _ date: String) throws {
    #expect(ExpressionCheck.mismatch(of: words, language: language, with: try EDTF(date)) == nil)
  }

  @Test(arguments: [
    ("الأربعاء", "ar", "2026-02-05", ExpressionCheck.weekdayMismatch(said: 3, is: 4)),
    ("on Monday", "en-GB", "2025-09-02", .weekdayMismatch(said: 1, is: 2)),
    ("Monday", "en", "2025-09-02?", .weekdayMismatch(said: 1, is: 2)),
    ("Monday", "en", "2025-09-02T23:30:00Z", .weekdayMismatch(said: 1, is: 2)),
    ("يونيو/ حزيران", "ar", "2021-07", .monthMismatch(said: 6, is: 7)),
    ("last September", "en", "2025-10-01", .monthMismatch(said: 9, is: 10)),
    ("last September", "en", "2025-10~", .monthMismatch(said: 9, is: 10)),
    ("September", "en", "2025-10-01/2025-10-05", .monthMismatch(said: 9, is: 10)),
    // Both: the day is the finer.
    ("Monday, 2 October", "en", "2025-09-02", .weekdayMismatch(said: 1, is: 2)),
    ("Tuesday, 2 October", "en", "2025-09-02", .monthMismatch(said: 10, is: 9)),
  ])
  func a_contradiction_is_told(
    _ words: String, _ language: String, _ date: String, _ mismatch: ExpressionCheck
  ) throws {
    #expect(ExpressionCheck.mismatch(of: words, language: language, with: try EDTF(date)) == mismatch)
  }
}
