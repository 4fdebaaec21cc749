import JSON

/// `review.linked`: how one claim stands to another, by a reviewer's judgement.
package final class ReviewLinked: EventBody {
  package static let type = "review.linked"
  package static let members = ["from", "to", "relation", "judgement"]
  package static let isRetractable = true

  /// What `from` is to `to`.
  package enum Relation: String, CaseIterable, Sendable {
    case sameOccurrence = "same-occurrence"
    case corroborates, contradicts, refines, fulfils, reschedules, cancels
    case variantQuote = "variant-quote"
  }

  /// Whether it is so.
  package enum Judgement: String, CaseIterable, Sendable {
    case yes, no, unsure
  }

  package let from: ClaimReference
  package let to: ClaimReference
  package let relation: Relation
  package let judgement: Judgement

  package init(from reader: inout ObjectReader) throws(EventError) {
    from = try reader.claimReference("from")
    let second = try reader.required("to")
    to = try ClaimReference(second)
    if from == to { throw EventError("\"from\" and \"to\" are the same claim; a link joins two", at: second) }
    relation = try reader.word("relation", of: Relation.self)
    judgement = try reader.word("judgement", of: Judgement.self)
  }

  package var entities: [EntityReference] { [] }
  package var references: [TargetReference] {
    [TargetReference(claim: from, pointer: "/data/from"), TargetReference(claim: to, pointer: "/data/to")]
  }
}
