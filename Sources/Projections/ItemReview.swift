import Claims

/// What reviewers said of a claim, by events that were not withdrawn.
package struct ItemReview: Sendable {
  /// How the claim stands to another.
  package struct Link: Hashable, Sendable {
    package let relation: ReviewLinked.Relation
    package let judgement: ReviewLinked.Judgement
    /// Position of the other claim, which stands or was replaced, but is not withdrawn.
    package let other: UInt64
    /// Whether this claim is the link's `from`.
    package let isFrom: Bool
    /// Position of the event that links them.
    package let event: UInt64
  }

  /// How far a reviewer trusts the claim.
  package struct Assessment: Hashable, Sendable {
    package let rank: ReviewAssessed.Rank
    package let verdict: ReviewAssessed.Verdict?
    /// Position of the event that assesses it.
    package let event: UInt64
  }

  package static let none = ItemReview(links: [], assessments: [])

  package let links: [Link]
  package let assessments: [Assessment]

  /// The rank that all assessments give; nil without one, or where they differ.
  package var rank: ReviewAssessed.Rank? {
    let ranks = Set(assessments.map(\.rank))
    return ranks.count == 1 ? ranks.first : nil
  }

  /// The verdicts given, in the order of their words.
  package var verdicts: [String] {
    Set(assessments.compactMap { $0.verdict?.rawValue }).sorted()
  }

  /// The claims with which this one was judged to stand, or not to stand, in a relation.
  ///
  /// Where judgements on one pair differ, `no` counts: parting what was joined is a judgement too.
  package func others(_ relation: ReviewLinked.Relation, _ judgement: ReviewLinked.Judgement) -> [UInt64] {
    let related = links.filter { $0.relation == relation }
    let refused = Set(related.filter { $0.judgement == .no }.map(\.other))
    return Set(related.filter { $0.judgement == judgement }.map(\.other)).filter {
      judgement == .no || !refused.contains($0)
    }.sorted()
  }
}
