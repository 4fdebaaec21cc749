import JSON

/// Reads one row of a view for people: member by member, with labels for entities.
package struct RowReader: Sendable {
  /// The row.
  package let row: JSONValue
  /// The labels of entities, by id; what has none is shown as it is.
  package let labels: [String: String]

  package init(_ row: JSONValue, labels: [String: String] = [:]) {
    self.row = row
    self.labels = labels
  }

  /// Between the values of a list.
  private static let listSeparator = ", "
  /// Between values on which claims differ.
  private static let differenceSeparator = " / "

  /// The member `name`, whatever it is; nothing for null and for what is absent.
  package func text(_ name: String) -> String {
    Self.text(row[name], separator: separator(name))
  }

  /// The member `name` as the label of an entity, or labels of several.
  package func entities(_ name: String) -> String {
    guard let value = row[name] else { return "" }
    if value.kind == .array {
      return value.elements.map { label($0) }.joined(separator: separator(name))
    }
    return label(value)
  }

  /// The member `name` as a quantity, or several where claims differ.
  package func quantity(_ name: String, _ kind: QuantityText.Kind = .level) -> String {
    guard let value = row[name] else { return "" }
    let quantities = value.kind == .array ? Array(value.elements) : [value]
    return quantities.map { QuantityText.text($0, kind) ?? Self.text($0) }.joined(separator: Self.differenceSeparator)
  }

  /// The date in `when`, as it was said where nobody gave one that can be placed; what limits it comes first.
  package var when: String {
    let date = text("when")
    guard !date.isEmpty else {
      let words = text("expression")
      return words.isEmpty ? "undated" : "“\(words)”"
    }
    switch row["aspect"]?.string {
    case nil, "sometime-in": return date
    case "deadline": return "by \(date)"
    case let aspect?: return "\(aspect) \(date)"
    }
  }

  /// How far claims differ, marked the more the worse it is; nothing where they do not.
  package var conflict: String { difference("conflict") }

  /// The member `name` that says how far claims differ; see ``conflict``.
  package func difference(_ name: String) -> String {
    switch row[name]?.string {
    case nil: ""
    case "tension": "! tension"
    case "contradiction": "!! contradiction"
    case let harmless?: harmless
    }
  }

  /// The ids that stand in the members `names`, for ``labels``.
  package func ids(in names: [String]) -> [String] {
    names.flatMap { name -> [String] in
      guard let value = row[name] else { return [] }
      return value.kind == .array ? value.elements.compactMap(\.string) : [value.string].compactMap(\.self)
    }
  }

  /// The label of an entity by its id; any other value as a cell shows it.
  package func label(_ value: JSONValue?) -> String {
    guard let id = value?.string else { return Self.text(value) }
    return labels[id] ?? id
  }

  /// How many elements the list `name` has; nothing for none.
  package func count(_ name: String) -> String {
    guard let count = row[name]?.count, count > 0 else { return "" }
    return "\(count)"
  }

  private func separator(_ name: String) -> String {
    let differs = row["differences"]?.elements.contains { $0["column"]?.equals(name) == true } ?? false
    return differs ? Self.differenceSeparator : Self.listSeparator
  }

  /// Any value in a cell: lists joined, quantities as such, dated things as what and when, the rest as JSON.
  package static func text(_ value: JSONValue?, separator: String = RowReader.listSeparator) -> String {
    guard let value else { return "" }
    switch value.kind {
    case .null: return ""
    case .true: return "yes"
    case .false: return "no"
    case .string: return value.string ?? ""
    case .number: return value.decimal.map(NumberText.decimal) ?? value.numberText ?? ""
    case .array: return value.elements.map { text($0) }.joined(separator: separator)
    case .object: return QuantityText.text(value) ?? dated(value) ?? json(value)
    }
  }

  /// `accepted 2026-40` for an object with `when` and one other text that says what; nil for anything else.
  private static func dated(_ value: JSONValue) -> String? {
    guard let when = value["when"] else { return nil }
    for name in ["action", "status", "medium"] {
      if let what = value[name]?.string { return text(when).isEmpty ? what : "\(what) \(text(when))" }
    }
    return nil
  }

  private static func json(_ value: JSONValue) -> String {
    var bytes: [UInt8] = []
    value.appendMinified(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
