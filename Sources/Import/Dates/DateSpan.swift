import EDTF

/// From one date to another.
enum DateSpan {
  /// The interval between two readings; one date where they are the same.
  static func joined(_ start: DateReading, _ end: DateReading) -> DateReading {
    switch (start, end) {
    case (.impossible, _): start
    case (_, .impossible): end
    case (.date(let first), .date(let last)): interval(first, last)
    case (.ambiguous(let first, let reason), .date(let last)), (.date(let first), .ambiguous(let last, let reason)),
      (.ambiguous(let first, let reason), .ambiguous(let last, _)):
      switch interval(first, last) {
      case .date(let date): .ambiguous(date, reason: reason)
      case let other: other
      }
    }
  }

  /// The interval between two dates; one date where they are the same.
  private static func interval(_ first: EDTF, _ last: EDTF) -> DateReading {
    first == last ? .date(first) : interval(from: end(first), to: end(last))
  }

  /// The interval between two ends as EDTF writes them: a date, `..` or nothing.
  static func interval(from start: String, to end: String) -> DateReading {
    do throws(EDTFError) {
      return .date(try EDTF("\(start)/\(end)"))
    } catch {
      let reason = error.kind == .reversed ? "the range ends before it begins" : error.advice
      return .impossible(reason: reason)
    }
  }

  /// A date as an end of an interval, which has no times.
  static func end(_ date: EDTF) -> String {
    guard case .dateTime(let time) = date.form else { return date.description }
    return time.day.description
  }
}
