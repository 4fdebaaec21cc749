extension EDTF {
  /// What an expression is made of.
  public enum Form: Hashable, Sendable {
    /// A year, a month or a day.
    case date(CalendarDate)
    /// A season, quarter, quadrimester or half-year; the date has a `yearPart`.
    case season(CalendarDate)
    /// A day and a time of day.
    case dateTime(DateTime)
    /// A year with `Y`, `E` or `S`.
    case scaledYear(ScaledYear)
    /// From one date to another.
    case interval(Interval)
    /// `[…]`: one of several dates.
    case oneOf(DateSet)
    /// `{…}`: all of several dates.
    case allOf(DateSet)

    /// The form of a date on its own.
    init(_ date: CalendarDate) {
      self = date.yearPart == nil ? .date(date) : .season(date)
    }
  }
}

extension EDTF.Form {
  /// See `EDTF.level`.
  var level: Int {
    switch self {
    case .date(let date), .season(let date): date.level
    case .dateTime(let dateTime): dateTime.day.year < 0 ? 1 : 0
    case .scaledYear(let year): year.level
    case .interval(let interval): interval.level
    case .oneOf, .allOf: 2
    }
  }

  /// See `EDTF.precision`.
  var precision: Precision {
    switch self {
    case .date(let date), .season(let date): date.precision
    case .dateTime: .second
    case .scaledYear(let year): year.precision
    case .interval(let interval): interval.dates.map(\.precision).min() ?? .vague
    case .oneOf(let set), .allOf(let set): set.dates.map(\.precision).min() ?? .vague
    }
  }

  /// Everything said about any part of the expression.
  var qualifier: Qualifier {
    switch self {
    case .date(let date), .season(let date): date.qualifier
    case .dateTime: []
    case .scaledYear(let year): year.qualifier
    case .interval(let interval): interval.dates.reduce([]) { $0.union($1.qualifier) }
    case .oneOf(let set), .allOf(let set): set.dates.reduce([]) { $0.union($1.qualifier) }
    }
  }

  /// Appends the canonical form.
  func write(to text: inout [UInt8]) {
    switch self {
    case .date(let date), .season(let date):
      date.write(to: &text)
    case .dateTime(let dateTime):
      dateTime.write(to: &text)
    case .scaledYear(let year):
      year.write(to: &text)
    case .interval(let interval):
      interval.write(to: &text)
    case .oneOf(let set):
      text.append(UInt8(ascii: "["))
      set.write(to: &text)
      text.append(UInt8(ascii: "]"))
    case .allOf(let set):
      text.append(UInt8(ascii: "{"))
      set.write(to: &text)
      text.append(UInt8(ascii: "}"))
    }
  }
}
