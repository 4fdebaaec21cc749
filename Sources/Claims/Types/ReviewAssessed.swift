import JSON

/// `review.assessed`: how far a reviewer trusts a claim. It changes no claim; views show it beside.
package final class ReviewAssessed: EventBody {
  package static let type = "review.assessed"
  package static let members = ["claim", "rank", "verdict", "reason"]
  package static let isRetractable = true

  /// Which of several claims on one matter a reader should see first.
  package enum Rank: String, CaseIterable, Sendable {
    case preferred, normal, deprecated
  }

  /// What checking it found.
  package enum Verdict: String, CaseIterable, Sendable {
    case supported, refuted, disputed, unproven
  }

  /// The claim assessed.
  package let claim: ClaimReference
  package let rank: Rank
  /// Nil where nobody checked.
  package let verdict: Verdict?
  package let reason: String

  package init(from reader: inout ObjectReader) throws(EventError) {
    claim = try reader.claimReference("claim")
    rank = try reader.word("rank", of: Rank.self)
    verdict = try reader.optionalWord("verdict", of: Verdict.self)
    reason = try reader.text("reason")
  }

  package var entities: [EntityReference] { [] }
  package var references: [TargetReference] { [TargetReference(claim: claim, pointer: "/data/claim")] }
}
