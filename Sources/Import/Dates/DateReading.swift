import EDTF

/// What a text says when it is read in one format.
enum DateReading: Hashable, Sendable {
  /// A date.
  case date(EDTF)
  /// The text allows several days; the date is as fine as they agree.
  case ambiguous(EDTF, reason: String)
  /// It has the shape of the format, and there is no such date; the reason is a clause.
  case impossible(reason: String)
}
