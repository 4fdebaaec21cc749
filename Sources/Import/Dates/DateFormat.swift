/// A shape in which a date may be written in a cell.
package enum DateFormat: String, CaseIterable, Sendable {
  /// `2001-04-20`, perhaps with a time behind it: `2001-04-20T12:30:00Z`, `2001-04-20 12:30:00`.
  case iso
  /// `04/20/2001`: month, day, year, between `/`, `.` or `-`; months and days of one digit or two.
  case mdy
  /// `20.04.2001`: day, month, year, written likewise.
  case dmy
  /// `2001/04/20`: year, month, day, written likewise.
  case ymd
  /// Day and month in either order before the year. Where both orders give a date the year alone is taken.
  case auto
  /// `2001`.
  case year
  /// `2001-04`, `04/2001`.
  case yearMonth = "year-month"
  /// Months by their English names or the first three letters of them: `April 20, 2001`, `20 Apr. 2001`, `April 2001`.
  case words
  /// Two dates in the other formats of the column with `/`, a dash or "to" between them; the first may leave out what it
  /// shares with the second: `12–14 May 1999`, `May 12 – June 3, 1999`.
  case range
  /// Any expression of EDTF (ISO 8601-2:2019 Annex A).
  case edtf
}
