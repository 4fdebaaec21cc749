import JSON

/// A document in words: its registration, put right by the corrections that followed.
struct DocumentText {
  let document: String
  private let registration: JSONValue?
  private let corrections: [JSONValue]
  private let labels: [String: String]

  /// - Parameters:
  ///   - events: its registration and its corrections, in order of position.
  ///   - labels: of entities, by id.
  init(_ document: String, _ events: [JSONValue], labels: [String: String]) {
    self.document = document
    self.labels = labels
    registration = events.first { $0["type"]?.equals("document.registered") == true }
    corrections = events.filter { $0["type"]?.equals("document.corrected") == true }
  }

  /// Who published it; nil where nobody says.
  var publisher: String? {
    guard
      let event = (corrections.reversed() + [registration].compactMap(\.self)).first(where: { has("publisher", $0) })
    else { return nil }
    return EventText(event, labels: labels).entity(in: "publisher")
  }

  /// The document on a line, and below it what was corrected in it and why.
  ///
  /// - Parameter below: stands below it as well, first.
  func tree(_ below: [Tree] = []) -> Tree {
    guard registration != nil else { return Tree([document, "not registered"], below) }
    let title = text("title")
    return Tree(
      [document, title.isEmpty ? "" : "“\(title)”", publisher ?? "", published, text("url")],
      below + corrections.map(correction))
  }

  private var published: String {
    let basis = text("basis")
    let date = text("published")
    return (date.isEmpty ? "date of publication unknown" : "published \(date)") + (basis.isEmpty ? "" : " (\(basis))")
  }

  private func correction(_ event: JSONValue) -> Tree {
    let names = event["data"]?.members.map(\.name).filter { !["document", "reason"].contains($0) } ?? []
    let changes = names.map { name in
      let value = RowReader.text(event["data"]?[name])
      return "\(name) \(value.isEmpty ? "unknown" : value)"
    }
    let said = EventText(event, labels: labels)
    return Tree([
      "corrected by event \(said.number)", changes.joined(separator: "; "), "because \(said.member("reason"))",
    ])
  }

  /// A member as it stands: as the last correction that names it says, else as registered.
  private func text(_ name: String) -> String {
    let event = corrections.last { has(name, $0) } ?? registration
    return RowReader.text(event?["data"]?[name])
  }

  private func has(_ name: String, _ event: JSONValue) -> Bool { event["data"]?[name] != nil }
}
