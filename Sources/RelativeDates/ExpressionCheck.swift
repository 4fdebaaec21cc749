import EDTF

/// A contradiction between the words of a text for a date and the date that somebody took them to mean.
package enum ExpressionCheck: Hashable, Sendable {
  /// The words name one day of the week, 1 Monday to 7 Sunday, and the date is another.
  case weekdayMismatch(said: Int, is: Int)
  /// The words name one month, 1–12, and the date lies in another.
  case monthMismatch(said: Int, is: Int)

  /// How an expression contradicts a date; nil where it does not, or names no day of the week and no month.
  ///
  /// Days of the week are compared with dates of one day that are not approximate, months with dates within one month.
  /// - Parameter language: BCP 47 tag of the expression's language; nil looks in all languages known.
  package static func mismatch(of expression: String, language: String?, with date: EDTF) -> ExpressionCheck? {
    guard let first = date.bounds.earliest.day, let last = date.bounds.latest.day else { return nil }
    if first == last, !date.isApproximate, let said = ExpressionWords.weekday(in: expression, language: language),
      said != first.weekday
    {
      return .weekdayMismatch(said: said, is: first.weekday)
    }
    let (begin, end) = (first.calendarDate, last.calendarDate)
    if (begin.year, begin.month) == (end.year, end.month),
      let said = ExpressionWords.month(in: expression, language: language), said != begin.month
    {
      return .monthMismatch(said: said, is: begin.month)
    }
    return nil
  }
}
