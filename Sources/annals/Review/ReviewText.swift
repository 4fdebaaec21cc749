import JSON
import Presentation

/// A question as it is shown.
struct ReviewText {
  /// Claims shown of one question.
  static let mostClaims = 5

  let question: ReviewQuestion
  /// The evidence of its claims; nil where only the question is wanted.
  let evidence: EvidenceTree?
  /// The labels of entities, by id.
  let labels: [String: String]

  /// - Parameter number: which question it is, such as `3 of 12`.
  func tree(_ number: String) -> Tree {
    Tree([number] + question.heading + [count(question.claims)], below)
  }

  private var below: [Tree] {
    switch question.matter {
    case .name(_, let candidates):
      claims(question.claims)
        + candidates.enumerated().map { index, candidate in
          Tree(["\(index + 1)", candidate.entity, candidate.label ?? "", Self.reason(candidate.by)])
        }
    case .publication, .misfit: claims(question.claims)
    case .dispute(let values):
      values.enumerated().map { index, value in
        let says = value.attributors.map { labels[$0] ?? $0 }.joined(separator: ", ")
        return Tree(["\(index + 1)", labels[value.text] ?? value.text, "says \(says)"], claims(value.claims))
      }
    case .twins(let one, let other): [one, other].map { Tree([$0.key, count($0.claims)], claims($0.claims)) }
    }
  }

  private func claims(_ places: [Int64]) -> [Tree] {
    guard let evidence else { return [] }
    let shown = evidence.claims(at: Array(places.prefix(Self.mostClaims)))
    let hidden = places.count - min(places.count, Self.mostClaims)
    return hidden > 0 ? shown + [Tree(["and \(NumberText.count(hidden)) claims more"])] : shown
  }

  private func count(_ claims: [Int64]) -> String {
    claims.count == 1 ? "event \(claims[0])" : "\(NumberText.count(claims.count)) events"
  }

  private static func reason(_ by: String) -> String {
    switch by {
    case "skeleton": "is written much alike"
    case "name": "goes by this name"
    case "judgement": "was compared with it"
    default: by
    }
  }
}
