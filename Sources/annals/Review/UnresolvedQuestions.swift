import JSON
import Presentation

/// Gathers the questions of `unresolved`: all rows that a single judgement settles are one question.
struct UnresolvedQuestions {
  static let view = "unresolved"

  /// What one judgement settles.
  private struct Subject: Hashable {
    enum Kind: Hashable {
      case name, publication, misfit
    }

    let kind: Kind
    /// The bytes, since `==` takes canonically equivalent names for one.
    let text: [UInt8]
  }

  private var order: [Subject] = []
  private var rows: [Subject: [JSONValue]] = [:]

  mutating func take(_ row: JSONValue) {
    let subject = Self.subject(of: row)
    if rows[subject] == nil { order.append(subject) }
    rows[subject, default: []].append(row)
  }

  /// The questions in the order in which they came up.
  ///
  /// - Parameter position: the state of the log that the rows are of.
  func questions(asOf position: Int64) -> [ReviewQuestion] {
    order.compactMap { subject in rows[subject].map { Self.question(subject, $0, position) } }
  }

  private static func subject(of row: JSONValue) -> Subject {
    switch row["why"]?.string {
    case "no-anchor": Subject(kind: .publication, text: Array(RowReader.text(row["document"]).utf8))
    case "no-entity", "ambiguous", "unsure-merge": Subject(kind: .name, text: Array(RowReader.text(row["what"]).utf8))
    default: Subject(kind: .misfit, text: Array(RowReader.text(row["key"]).utf8))
    }
  }

  private static func question(_ subject: Subject, _ rows: [JSONValue], _ position: Int64) -> ReviewQuestion {
    let (first, text) = (rows[0], String(decoding: subject.text, as: UTF8.self))
    let claims = rows.flatMap { $0["claims"]?.elements.compactMap(\.int) ?? [] }
    let why = RowReader.text(first["why"])
    let matter: ReviewQuestion.Matter
    let heading: [String]
    switch subject.kind {
    case .name:
      matter = .name(text, candidates: candidates(rows))
      heading = [why, "“\(text)”"] + (why == "unsure-merge" ? [RowReader.text(first["detail"])] : [])
    case .publication:
      var words: [String] = []
      for word in rows.map({ RowReader.text($0["what"]) }) where !words.contains(word) { words.append(word) }
      matter = .publication(document: text)
      heading = [why, "document \(text)", RowReader.text(first["detail"])] + words.map { "“\($0)”" }
    case .misfit:
      matter = .misfit(claim: first["claim"]?.int ?? 0, document: RowReader.text(first["document"]))
      heading = [why, "“\(RowReader.text(first["what"]))”", RowReader.text(first["detail"])]
    }
    let evidence = rows.map { RowEvidence(view: view, key: RowReader.text($0["key"]), asOf: "\(position)") }
    return ReviewQuestion(matter: matter, heading: heading, claims: claims, rows: evidence)
  }

  /// The candidates of all rows, each once.
  private static func candidates(_ rows: [JSONValue]) -> [ReviewQuestion.Candidate] {
    var candidates: [ReviewQuestion.Candidate] = []
    for candidate in rows.flatMap({ Array($0["candidates"]?.elements.map(\.self) ?? []) }) {
      let entity = RowReader.text(candidate["entity"])
      guard !candidates.contains(where: { $0.entity.utf8.elementsEqual(entity.utf8) }) else { continue }
      candidates.append(
        ReviewQuestion.Candidate(
          entity: entity, label: candidate["label"]?.string, by: RowReader.text(candidate["by"])))
    }
    return candidates
  }
}
