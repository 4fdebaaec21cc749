import JSON

/// A question to a view, kept so that it can be asked again at any position of the log.
package struct StoredQuery: Hashable, Sendable {
  /// A filter and the values of which it takes one.
  package struct Filter: Hashable, Sendable {
    package let name: String
    /// At least one.
    package let values: [String]
  }

  /// Longest name of a filter.
  private static let nameLimit = 64

  /// The view asked.
  package let view: String
  /// Its filters in the order given, no name twice; empty where every row of the view is meant.
  package let filters: [Filter]

  /// Reads `{"view", "filters"?: {name: text or [texts]}}`. Whether there is such a view, and whether it has such
  /// filters, shows when the question is asked.
  package init(_ json: JSONValue) throws(EventError) {
    var reader = try ObjectReader(json, members: ["view", "filters"])
    view = try reader.text("view", limit: TextLimit.identifier)
    filters = try reader.optional("filters").map { value throws(EventError) in try Self.filters(value) } ?? []
    try reader.finish()
  }

  private static func filters(_ json: JSONValue) throws(EventError) -> [Filter] {
    guard json.kind == .object else {
      throw EventError("expected an object of filters by name, found \(json.kind.described)", at: json)
    }
    guard json.count >= 1 else { throw EventError("needs at least one filter", at: json) }
    guard json.count <= TextLimit.parties else {
      throw EventError("has \(json.count) filters; at most \(TextLimit.parties) are taken", at: json)
    }
    var filters: [Filter] = []
    for member in json.members {
      let (name, value) = (member.name, member.value)
      guard isName(name) else {
        throw EventError("\"\(name)\" is not a filter's name such as \"between\"", at: value)
      }
      filters.append(Filter(name: name, values: try values(value)))
    }
    return filters
  }

  private static func values(_ json: JSONValue) throws(EventError) -> [String] {
    if json.kind == .string { return [try json.text()] }
    guard json.kind == .array else {
      throw EventError("expected a text or an array of texts, found \(json.kind.described)", at: json)
    }
    var texts: [String] = []
    for element in try json.list(atLeast: 1, atMost: TextLimit.items) { texts.append(try element.text()) }
    return texts
  }

  /// Whether it is a small letter, then small letters, digits and hyphens, as the line protocol names arguments.
  private static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, (97...122).contains(first), bytes.count <= nameLimit else { return false }
    return bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
  }
}
