import JSON

/// `review.retracted`: a claim is withdrawn. It stays in the log; no view shows it from here on.
package final class ReviewRetracted: EventBody {
  package static let type = "review.retracted"
  package static let members = ["claim", "reason"]

  /// The claim withdrawn.
  package let claim: ClaimReference
  package let reason: String

  package init(from reader: inout ObjectReader) throws(EventError) {
    claim = try reader.claimReference("claim")
    reason = try reader.text("reason")
  }

  package var entities: [EntityReference] { [] }
  package var target: TargetReference? { TargetReference(claim: claim, pointer: "/data/claim") }
}
