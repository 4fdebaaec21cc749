import JSON
import Presentation

/// Makes the questions of `disputes`, and of rows that name twins.
enum DisputeQuestions {
  static let view = "disputes"

  /// The question that a row of `disputes` asks.
  static func dispute(_ row: JSONValue, asOf position: Int64) -> ReviewQuestion {
    let values = row["values"]?.elements.map { value in
      ReviewQuestion.Value(
        text: RowReader.text(value["value"]),
        attributors: value["attributors"]?.elements.compactMap(\.string) ?? [], claims: claims(of: value))
    }
    return ReviewQuestion(
      matter: .dispute(values ?? []),
      heading: [
        RowReader.text(row["class"]), "\(RowReader.text(row["view"])) \(RowReader.text(row["row"]))",
        RowReader.text(row["column"]),
      ],
      claims: claims(of: row),
      rows: [RowEvidence(view: view, key: RowReader.text(row["key"]), asOf: "\(position)")])
  }

  /// The questions that rows of one view ask which name each other as twins: each pair once.
  static func twins(_ rows: [JSONValue], in view: String, asOf position: Int64) -> [ReviewQuestion] {
    let keys = rows.map { RowReader.text($0["key"]) }
    let places = Dictionary(zip(keys, rows.indices), uniquingKeysWith: { first, _ in first })
    var questions: [ReviewQuestion] = []
    for (place, row) in rows.enumerated() {
      for twin in row["twins"]?.elements.compactMap(\.string) ?? [] {
        // A twin that names this one back has asked already.
        guard let other = places[twin], other > place || !names(rows[other], keys[place]) else { continue }
        let sides = [place, other].map { ReviewQuestion.Side(key: keys[$0], claims: claims(of: rows[$0])) }
        guard !sides[0].claims.isEmpty, !sides[1].claims.isEmpty else { continue }
        questions.append(
          ReviewQuestion(
            matter: .twins(sides[0], sides[1]), heading: ["possible twins", view],
            claims: sides[0].claims + sides[1].claims,
            rows: sides.map { RowEvidence(view: view, key: $0.key, asOf: "\(position)") }))
      }
    }
    return questions
  }

  private static func names(_ row: JSONValue, _ key: String) -> Bool {
    row["twins"]?.elements.contains { $0.equals(key) } ?? false
  }

  private static func claims(of value: JSONValue) -> [Int64] {
    value["claims"]?.elements.compactMap(\.int) ?? []
  }
}
