import Claims
import JSON
import Spelling

/// What the templates of a mapping refer to by name.
struct MappingContext: Sendable {
  /// Values by what stands in the cell, by the name of the table.
  var lookups: [String: [String: String]] = [:]
  /// How dates are written, by column.
  var dates: [String: DateRule] = [:]

  /// The lookup table whose name is `value`.
  func lookup(_ value: JSONValue) throws(EventError) -> [String: String] {
    let name = try value.text()
    guard let table = lookups[name] else { throw Self.missing("lookup table", name, among: lookups.keys, at: value) }
    return table
  }

  /// The rule for the dates of the column whose name is `value`.
  func dateRule(_ value: JSONValue) throws(EventError) -> (column: String, rule: DateRule) {
    let name = try value.text()
    guard let rule = dates[name] else {
      throw Self.missing("rule under \"dates\" for the column", name, among: dates.keys, at: value)
    }
    return (name, rule)
  }

  private static func missing(
    _ what: String, _ name: String, among known: some Sequence<String>, at value: JSONValue
  ) -> EventError {
    let near = NearestName.suggestion(for: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    return EventError("the mapping has no \(what) \"\(name)\"\(near)", at: value)
  }
}
