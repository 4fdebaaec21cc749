import JSON

/// What a row rests on, for people: each claim with who says it, what reviewers said of it, and the documents and words
/// in which it stands.
package struct EvidenceTree {
  private let labels: [String: String]
  private let claims: [JSONValue]
  /// The documents, in the order in which they come.
  private let documents: [DocumentText]
  private let places: [String: Int]
  private let reviews: [JSONValue]
  /// Events that are none of these.
  private let others: [JSONValue]
  /// Source and id of each event → its position.
  private let positions: [EventKey: Int64]

  private struct EventKey: Hashable {
    let source: String
    let id: String
  }

  /// - Parameters:
  ///   - events: as `EXPLAIN` gives them, in order of position.
  ///   - labels: of entities, by id.
  package init(_ events: [JSONValue], labels: [String: String]) {
    self.labels = labels
    var (claims, reviews, others): ([JSONValue], [JSONValue], [JSONValue]) = ([], [], [])
    var (documents, places): ([[JSONValue]], [String: Int]) = ([], [:])
    var positions: [EventKey: Int64] = [:]
    for event in events {
      positions[EventKey(source: RowReader.text(event["source"]), id: RowReader.text(event["id"]))] =
        event["position"]?.int
      switch RowReader.text(event["type"]) {
      case let type where type.hasPrefix("claim."): claims.append(event)
      case "document.registered", "document.corrected":
        let document = RowReader.text(event["data"]?["document"])
        if let place = places[document] {
          documents[place].append(event)
        } else {
          places[document] = documents.count
          documents.append([event])
        }
      case "review.assessed", "review.linked": reviews.append(event)
      default: others.append(event)
      }
    }
    (self.claims, self.reviews, self.others) = (claims, reviews, others)
    self.places = places
    self.documents = documents.map { DocumentText(RowReader.text($0[0]["data"]?["document"]), $0, labels: labels) }
    self.positions = positions
  }

  /// The ids and names in events that may have labels, each once.
  package static func entities(of events: [JSONValue]) -> [String] {
    var seen: Set<String> = []
    return events.flatMap(EventText.entities).filter { seen.insert($0).inserted }
  }

  /// The whole: the row, and below it the claims, then what concerns none of them alone.
  package func tree(view: String, key: String) -> Tree {
    let cited = Set(claims.flatMap { EventText($0).documents })
    let uncited = documents.filter { !cited.contains($0.document) }
    let elsewhere = reviews.filter { event in !claims.contains { review(event, of: $0) != nil } } + others
    return Tree(
      [view, key],
      claims.map(claim) + uncited.map { $0.tree() } + elsewhere.map { other(EventText($0, labels: labels)) })
  }

  /// The trees of the claims at these positions, each once.
  package func claims(at places: [Int64]) -> [Tree] {
    claims.filter { event in event["position"]?.int.map(places.contains) ?? false }.map(claim)
  }

  private func document(_ id: String) -> DocumentText {
    places[id].map { documents[$0] } ?? DocumentText(id, [], labels: labels)
  }

  // MARK: Claims

  private func claim(_ event: JSONValue) -> Tree {
    let text = EventText(event, labels: labels)
    let status = text.member("status")
    var below = [Tree(["says \(speakers(of: text))"])]
    for name in ["confidence", "note"] where !text.member(name).isEmpty {
      below.append(Tree([name, text.member(name)]))
    }
    below += reviews.compactMap { review($0, of: event) }
    below += event["data"]?["evidence"]?.elements.map(evidence) ?? []
    return Tree(
      [
        text.number, text.type, text.when.isEmpty ? "undated" : text.when, status.isEmpty ? "occurred" : status,
        text.content,
      ],
      below)
  }

  /// Who says so, through whom it came, and who published it or where it stands.
  private func speakers(of text: EventText) -> String {
    let document = text.documents.first ?? ""
    let publisher = self.document(document).publisher ?? document
    return text.says.isEmpty ? publisher : "\(text.says) via \(publisher)"
  }

  private func evidence(_ evidence: JSONValue) -> Tree {
    var words: [Tree] = []
    if let quote = evidence["quote"]?.string { words.append(Tree(["“\(quote)”", place(evidence)])) }
    if let translated = evidence["translated"]?.string { words.append(Tree(["translated", "“\(translated)”"])) }
    if words.isEmpty, !place(evidence).isEmpty { words.append(Tree([place(evidence)])) }
    return document(RowReader.text(evidence["document"])).tree(words)
  }

  private func place(_ evidence: JSONValue) -> String {
    guard let start = evidence["start"]?.int, let end = evidence["end"]?.int else { return "" }
    return "characters \(start)–\(end)"
  }

  // MARK: Reviews

  /// What an event says of a claim; nil where it says nothing of it.
  private func review(_ event: JSONValue, of claim: JSONValue) -> Tree? {
    let text = EventText(event, labels: labels)
    let by = "by event \(text.number)"
    if event["type"]?.equals("review.assessed") == true, concerns(event["data"]?["claim"], of: event, claim) {
      return Tree(["assessed", text.member("rank"), text.member("verdict"), "because \(text.member("reason"))", by])
    }
    guard event["type"]?.equals("review.linked") == true else { return nil }
    for (own, arrow, other) in [("from", "→", "to"), ("to", "←", "from")]
    where concerns(event["data"]?[own], of: event, claim) {
      let linked = reference(event["data"]?[other], of: event)
      return Tree(["linked", text.member("relation"), arrow, linked, "judged \(text.member("judgement"))", by])
    }
    return nil
  }

  /// Whether a reference of an event means a claim, or one that the claim replaces.
  private func concerns(_ reference: JSONValue?, of event: JSONValue, _ claim: JSONValue) -> Bool {
    guard let reference else { return false }
    if let place = position(of: reference, in: event), claim["position"]?.int == place { return true }
    guard let replaced = claim["data"]?["supersedes"] else { return false }
    guard let key = key(of: reference, in: event) else { return reference.int == replaced.int }
    return self.key(of: replaced, in: claim) == key
  }

  /// The position that a reference means; nil where it means an event that is not among these.
  private func position(of reference: JSONValue, in event: JSONValue) -> Int64? {
    if let key = key(of: reference, in: event) { return positions[key] }
    return reference.int
  }

  private func key(of reference: JSONValue, in event: JSONValue) -> EventKey? {
    guard let id = reference["id"]?.string else { return nil }
    return EventKey(source: reference["source"]?.string ?? RowReader.text(event["source"]), id: id)
  }

  private func reference(_ reference: JSONValue?, of event: JSONValue) -> String {
    guard let reference else { return "" }
    if let place = position(of: reference, in: event) { return "event \(place)" }
    return "event \(reference["source"]?.string ?? RowReader.text(event["source"])) \(RowReader.text(reference["id"]))"
  }

  // MARK: Other events

  private func other(_ text: EventText) -> Tree {
    guard text.type == "entity.judged" else { return Tree([text.number, text.type, text.content, text.origin]) }
    let judgement = ["same": "is the same as", "different": "is another than"][text.member("judgement")]
    // Each a part of its own, so that a name written from right to left keeps its place.
    return Tree([
      text.number, text.type, text.member("a"), judgement ?? "may be the same as", text.entity(in: "b"),
      "because \(text.member("reason"))",
    ])
  }
}
