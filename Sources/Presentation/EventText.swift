import JSON

/// One recorded event in words: what it says, when, and who says so.
package struct EventText {
  /// The event as recorded.
  package let event: JSONValue
  private let labels: [String: String]

  /// - Parameter labels: of entities, by id; what has none is shown as it is.
  package init(_ event: JSONValue, labels: [String: String] = [:]) {
    self.event = event
    self.labels = labels
  }

  /// Members of `data` in which entities stand.
  private static let entityMembers: Set<String> = [
    "a", "actors", "addressee", "attendees", "attribution", "b", "bearer", "between", "consumer", "country", "entity",
    "exercise", "from", "gathering", "host", "initiator", "partner", "participants", "parties", "place", "publisher",
    "recipients", "reporter", "sender", "speaker", "supplier", "target", "to", "treaty", "visitor",
  ]

  /// Members of `data` that every claim may have.
  private static let common: Set<String> = [
    "attribution", "confidence", "evidence", "note", "status", "supersedes", "when",
  ]

  private var data: JSONValue? { event["data"] }

  /// Its place in the log.
  package var position: Int64? { event["position"]?.int }
  /// The same as text.
  package var number: String { event["position"]?.numberText ?? "" }
  package var type: String { RowReader.text(event["type"]) }
  package var isClaim: Bool { type.hasPrefix("claim.") }
  /// Who recorded it under which name.
  package var origin: String { "\(RowReader.text(event["source"])) \(RowReader.text(event["id"]))" }

  /// The documents that it rests on or speaks of.
  package var documents: [String] {
    guard let evidence = data?["evidence"] else { return [data?["document"]?.string].compactMap(\.self) }
    return evidence.elements.compactMap { $0["document"]?.string }
  }

  /// Who says so, and through whom it came: outermost comes first in the record, the last one says it.
  package var says: String {
    (data?["attribution"]?.elements.map(entity) ?? []).reversed().joined(separator: " via ")
  }

  /// When it was: the date and the words, else the rule or what limits it; the aspect comes first.
  package var when: String {
    guard let value = data?["when"], value.kind == .object else { return RowReader.text(data?["when"]) }
    let words = value["expression"]?.string.map { "“\($0)”" }
    let said = [value["edtf"]?.string, words].compactMap(\.self).joined(separator: " ")
    let date = said.isEmpty ? Self.rule(value) : said
    switch value["aspect"]?.string {
    case nil, "sometime-in": return date
    case "deadline": return "by \(date)"
    case let aspect?: return "\(aspect) \(date)"
    }
  }

  /// The rule of a date without words, and the claims that it comes after or before.
  private static func rule(_ when: JSONValue) -> String {
    let rule = when["relative"]?.members.map { member in
      member.name == "rule" ? RowReader.text(member.value) : "\(member.name) \(RowReader.text(member.value))"
    }
    let limits = ["after", "before"].compactMap { name in
      when[name].map { "\(name) event \(RowReader.text($0["id"] ?? $0))" }
    }
    return ((rule ?? []) + limits).joined(separator: ", ")
  }

  /// What its own members say, in their order.
  package var content: String {
    (data?.members.filter { !Self.common.contains($0.name) } ?? []).map { member in
      let value = Self.entityMembers.contains(member.name) ? entities(member.value) : RowReader.text(member.value)
      return "\(member.name) \(value)"
    }.joined(separator: "; ")
  }

  /// A member of `data` that every claim may have, as text; nothing where it is not there.
  package func member(_ name: String) -> String { RowReader.text(data?[name]) }

  /// The entity in a member of `data`, by its label.
  package func entity(in name: String) -> String { data?[name].map(entities) ?? "" }

  /// The ids and names that may have labels.
  package static func entities(of event: JSONValue) -> [String] {
    (event["data"]?.members.filter { entityMembers.contains($0.name) } ?? []).flatMap { member in
      let values = member.value.kind == .array ? Array(member.value.elements) : [member.value]
      return values.compactMap { $0.string ?? $0["entity"]?.string }
    }
  }

  private func entities(_ value: JSONValue) -> String {
    value.kind == .array ? value.elements.map(entity).joined(separator: ", ") : entity(value)
  }

  private func entity(_ value: JSONValue) -> String {
    if let id = value.string ?? value["entity"]?.string, let label = labels[id] { return label }
    return value.string ?? value["surface"]?.string ?? RowReader.text(value["entity"] ?? value)
  }
}
