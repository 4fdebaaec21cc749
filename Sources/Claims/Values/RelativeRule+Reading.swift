import EDTF
import JSON
import RelativeDates

extension RelativeRule {
  /// Names of the members that an object for a rule may have, whatever the rule.
  private static let members = ["rule", "weekday", "days", "month", "name", "season", "part", "years", "direction"]

  /// Reads `{"rule", …}`: the name of the rule and the members that this rule takes, see `schema/dates.md`, "Relative dates".
  /// - Parameter language: BCP 47 language of the expression, in which a month is named; nil where nobody said.
  package init(_ value: JSONValue, language: String?) throws(EventError) {
    var reader = try ObjectReader(value, members: Self.members)
    let kind = try reader.word("rule", of: Kind.self)
    for member in Self.members where member != "rule" && !kind.members.contains(member) {
      try reader.forbid(member, because: "the rule \"\(kind.rawValue)\" takes \(kind.described)")
    }
    switch kind {
    case .weekday:
      self = .weekday(try reader.integer("weekday", Self.weekdays), try reader.direction(of: kind))
    case .dayOffset:
      self = .dayOffset(try reader.integer("days", Self.dayOffsets))
    case .monthName:
      self = .monthName(try reader.month(language), try reader.direction(of: kind))
    case .season:
      self = .season(try reader.yearPart("season", Self.seasons), try reader.direction(of: kind))
    case .yearPart:
      self = .yearPart(try reader.yearPart("part", Self.yearParts), try reader.direction(of: kind))
    case .yearOffset:
      self = .yearOffset(try reader.integer("years", Self.yearOffsets))
    case .deadlineUnstated:
      self = .deadlineUnstated
    }
    try reader.finish()
  }
}

extension RelativeRule.Kind {
  /// Names of the members that a rule takes beside its name.
  fileprivate var members: [String] {
    switch self {
    case .weekday: ["weekday", "direction"]
    case .dayOffset: ["days"]
    case .monthName: ["month", "name", "direction"]
    case .season: ["season", "direction"]
    case .yearPart: ["part", "direction"]
    case .yearOffset: ["years"]
    case .deadlineUnstated: []
    }
  }

  /// These members, for an error.
  fileprivate var described: String {
    switch self {
    case .monthName: "month or name, and direction"
    case .deadlineUnstated: "nothing else"
    default: members.joined(separator: " and ")
    }
  }
}

extension ObjectReader {
  /// A required integer within a range.
  fileprivate mutating func integer(_ name: String, _ range: ClosedRange<Int>) throws(EventError) -> Int {
    let value = try required(name)
    guard let number = value.int.map(Int.init), range.contains(number) else {
      throw EventError("expected a whole number from \(range.lowerBound) to \(range.upperBound)", at: value)
    }
    return number
  }

  /// A required code of a part of the year.
  fileprivate mutating func yearPart(_ name: String, _ codes: ClosedRange<Int>) throws(EventError) -> YearPart {
    let code = try integer(name, codes)
    guard let part = YearPart(rawValue: code) else { preconditionFailure("every code of the range is a part") }
    return part
  }

  /// The direction, which must be one that the rule takes.
  fileprivate mutating func direction(of kind: RelativeRule.Kind) throws(EventError) -> Direction {
    let value = try required("direction")
    let direction = try value.word(of: Direction.self)
    guard kind.directions.contains(direction) else {
      let known = kind.directions.map(\.rawValue).joined(separator: ", ")
      throw EventError("the rule \"\(kind.rawValue)\" takes no \"\(direction.rawValue)\"; it takes \(known)", at: value)
    }
    return direction
  }

  /// The month, by its number or as the text names it.
  fileprivate mutating func month(_ language: String?) throws(EventError) -> Int {
    guard let value = optional("name") else {
      guard object["month"] != nil else { throw EventError("needs \"month\" or \"name\"", at: object) }
      return try integer("month", RelativeRule.months)
    }
    if let month = optional("month") {
      throw EventError("member \"month\" does not belong here: \"name\" says which month", at: month)
    }
    let name = try value.text()
    do throws(MonthNames.Failure) {
      return try MonthNames.month(written: name, language: language)
    } catch {
      switch error {
      case .unknown(let part):
        let known = language.map { " of the language \"\($0)\"" } ?? ""
        throw EventError("\"\(part)\" is no name\(known) for a month; \"month\" takes its number", at: value)
      case .disagreement(let one, let other):
        throw EventError("\"\(name)\" names two months, \(one) and \(other)", at: value)
      }
    }
  }
}
