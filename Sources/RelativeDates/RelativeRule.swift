import EDTF

/// How the words of a text for a date hang on the day of the document: the date as data, to be resolved whenever that day
/// becomes known or is corrected. `schema/dates.md`, "Relative dates", is the description.
package enum RelativeRule: Hashable, Sendable {
  /// "On Wednesday": a day of the week as ISO 8601 counts it, 1 Monday to 7 Sunday. It takes every direction but `this`:
  /// on which day a week begins differs from country to country.
  case weekday(Int, Direction)
  /// "Two days before": days from the document's day, negative before it.
  case dayOffset(Int)
  /// "Last September": a month, 1–12.
  case monthName(Int, Direction)
  /// "Next spring": a season, codes 21–32.
  case season(YearPart, Direction)
  /// "The second half of this year": a quarter, quadrimester or half-year, codes 33–41.
  case yearPart(YearPart, Direction)
  /// "Next year": calendar years from the document's, 0 for the same.
  case yearOffset(Int)
  /// "Ahead of the date set": there is a date, and nobody says which.
  case deadlineUnstated
}

extension RelativeRule {
  /// The names of the rules, as events write them.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case weekday
    case dayOffset = "day-offset"
    case monthName = "month-name"
    case season
    case yearPart = "year-part"
    case yearOffset = "year-offset"
    case deadlineUnstated = "deadline-unstated"

    /// The directions that make sense; none for rules that need no direction.
    package var directions: [Direction] {
      switch self {
      case .weekday: [.past, .last, .next, .coming, .nearest]
      case .monthName, .season, .yearPart: Direction.allCases
      case .dayOffset, .yearOffset, .deadlineUnstated: []
      }
    }
  }

  /// The name of the rule.
  package var kind: Kind {
    switch self {
    case .weekday: .weekday
    case .dayOffset: .dayOffset
    case .monthName: .monthName
    case .season: .season
    case .yearPart: .yearPart
    case .yearOffset: .yearOffset
    case .deadlineUnstated: .deadlineUnstated
    }
  }

  /// The days of the week, 1 Monday to 7 Sunday.
  package static let weekdays = 1...7
  /// The months of a year.
  package static let months = 1...12
  /// The codes of seasons (see ``EDTF/YearPart``).
  package static let seasons = YearPart.spring.rawValue...YearPart.southernWinter.rawValue
  /// The codes of quarters, quadrimesters and half-years.
  package static let yearParts = YearPart.firstQuarter.rawValue...YearPart.secondHalf.rawValue
  /// Days an offset may have: about a hundred years, beyond which nobody counts in days.
  package static let dayOffsets = -36_525...36_525
  /// Years an offset may have.
  package static let yearOffsets = -1_000...1_000
}
