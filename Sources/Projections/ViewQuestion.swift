import EDTF

/// A question to a view: which rows, as of which position, judged on which day.
package struct ViewQuestion: Sendable {
  /// Rows in one answer unless the question says otherwise.
  package static let defaultLimit = 1_000
  /// Rows in one answer at the most; the rest follows by the cursor.
  package static let largestLimit = 10_000

  /// Filters that every view has.
  package static let commonFilters = [
    "between", "with", "party", "from", "to", "certain", "document", "attributor", "without-source", "min-attributors",
  ]

  package enum Order: Sendable {
    case ascending, descending
  }

  /// A filter of the view's own columns: any of the values.
  package struct ColumnCondition: Sendable {
    package let filter: ColumnFilter
    package let values: [String]
    package init(filter: ColumnFilter, values: [String]) {
      self.filter = filter
      self.values = values
    }
  }

  package init(at day: Day) {
    self.day = day
  }

  /// The day on which states are judged.
  package var day: Day
  /// Two parties that the row has both, by id or name.
  package var between: (String, String)?
  /// Parties of which the row has each.
  package var with: [String] = []
  /// Days that the row must possibly share; with ``certain`` definitely.
  package var range: Bounds?
  package var certain = false
  /// Documents of which the row rests on any.
  package var documents: [String] = []
  /// Ultimate sources of which the row has any.
  package var attributors: [String] = []
  /// Sources whose claims do not count: the rows are those that the rest supports.
  package var withoutSources: [String] = []
  package var minAttributors = 0
  package var columns: [ColumnCondition] = []
  package var order = Order.ascending
  package var limit = Self.defaultLimit
  /// Continues after the row at this place; see ``ViewAnswer/cursor``.
  package var after: [UInt8]?
}

extension Projector {
  /// Whether rows can be folded without some of their claims; counts cannot.
  package var canLeaveOut: Bool { !(self is any CountingProjector) }

  /// Names of all filters: the view's own, and those that every view has.
  package var filterNames: [String] {
    filters.map(\.name) + ViewQuestion.commonFilters.filter { canLeaveOut || $0 != "without-source" }
  }
}

extension ViewQuestion {
  /// Reads filters by name, as `QUERY` gives them.
  package init(
    _ filters: [(name: String, values: [String])], to projector: any Projector, at day: Day
  ) throws(QuestionError) {
    self.init(at: day)
    var (from, to): (EDTF?, EDTF?)
    for (name, values) in filters {
      switch name {
      case "between":
        guard values.count == 2 else { throw .badValue("between takes two parties: between=A,B") }
        between = (values[0], values[1])
      case "with", "party": with += values
      case "from": from = try Self.date(name, values)
      case "to": to = try Self.date(name, values)
      case "certain":
        guard values == ["yes"] || values == ["no"] else { throw .badValue("certain takes yes or no") }
        certain = values == ["yes"]
      case "document": documents = values
      case "attributor": attributors = values
      case "without-source" where projector.canLeaveOut: withoutSources = values
      case "min-attributors":
        guard values.count == 1, let number = Int(values[0]), number >= 0 else {
          throw .badValue("min-attributors takes a whole number")
        }
        minAttributors = number
      default:
        guard let column = projector.filters.first(where: { $0.name == name }) else { throw .unknownFilter(name) }
        columns.append(ColumnCondition(filter: column, values: values))
      }
    }
    if from != nil || to != nil { range = try Self.range(from, to) }
  }

  private static func date(_ name: String, _ values: [String]) throws(QuestionError) -> EDTF {
    guard values.count == 1 else { throw .badValue("\(name) takes one EDTF date") }
    do throws(EDTFError) { return try EDTF(values[0]) } catch {
      throw .badValue("\(name) takes an EDTF date; \"\(values[0].prefix(64))\" is none: \(error)")
    }
  }

  /// From the beginning of `from` to the end of `to`, an absent end open.
  private static func range(_ from: EDTF?, _ to: EDTF?) throws(QuestionError) -> Bounds {
    let earliest = from?.bounds.earliest.day
    let latest = to?.bounds.latest.day
    if let earliest, let latest, latest < earliest { throw .badValue("to lies before from") }
    return Bounds(earliest: earliest.map { .day($0) } ?? .open, latest: latest.map { .day($0) } ?? .open)
  }
}

/// The rows that answer a question.
package struct ViewAnswer: Equatable, Sendable {
  /// The rows, each a JSON object, and the end of each in ``bytes``, which is followed by a line feed.
  package var bytes: [UInt8] = []
  package var count = 0
  /// Where the next rows begin; nil where there are no more.
  package var cursor: [UInt8]?
  /// Rows left out because nobody gave a date for them, while the question asks for dates.
  package var undated = 0
}
