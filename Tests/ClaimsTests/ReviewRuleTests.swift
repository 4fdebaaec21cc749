import Testing

@testable import Claims

/// `review.assessed` and `review.linked`, and what an event refers to.
@Suite struct ReviewRuleTests {
  @Test(arguments: ReviewAssessed.Rank.allCases, [nil] + ReviewAssessed.Verdict.allCases)
  func an_assessment_is_read(_ rank: ReviewAssessed.Rank, _ verdict: ReviewAssessed.Verdict?) throws {
    let more = verdict.map { #","verdict":"\#($0.rawValue)""# } ?? ""
    let assessed = try body(ReviewAssessed.self, #""claim":17,"rank":"\#(rank.rawValue)","reason":"r"\#(more)"#)
    #expect(assessed.claim == .position(17) && assessed.rank == rank && assessed.verdict == verdict)
    #expect(assessed.reason == "r" && assessed.entities.isEmpty && assessed.target == nil)
    #expect(assessed.references == [TargetReference(claim: .position(17), pointer: "/data/claim")])
  }

  @Test(arguments: [
    Refused(#""rank":"normal","reason":"r""#, "/data", "\"claim\" is missing"),
    Refused(#""claim":1,"reason":"r""#, "/data", "\"rank\" is missing"),
    Refused(#""claim":1,"rank":"normal""#, "/data", "\"reason\" is missing"),
    Refused(#""claim":0,"rank":"normal","reason":"r""#, "/data/claim", "whole number from 1"),
    Refused(#""claim":1,"rank":"prefered","reason":"r""#, "/data/rank", "did you mean \"preferred\"?"),
    Refused(
      #""claim":1,"rank":"normal","verdict":"false","reason":"r""#, "/data/verdict", "is not one of supported, refuted"),
    Refused(#""claim":1,"rank":"normal","reason":"r","note":"n""#, "/data/note", "unknown member"),
  ])
  func an_assessment_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("review.assessed")
  }

  @Test(arguments: ReviewLinked.Relation.allCases, ReviewLinked.Judgement.allCases)
  func a_link_is_read(_ relation: ReviewLinked.Relation, _ judgement: ReviewLinked.Judgement) throws {
    let link = try body(
      ReviewLinked.self,
      #""from":17,"to":{"id":"c"},"relation":"\#(relation.rawValue)","judgement":"\#(judgement.rawValue)""#)
    #expect(link.from == .position(17) && link.to == .key(source: nil, id: "c"))
    #expect(link.relation == relation && link.judgement == judgement)
    #expect(
      link.entities.isEmpty && link.target == nil && link.references.map(\.pointer) == ["/data/from", "/data/to"])
    #expect(link.references.map(\.claim) == [link.from, link.to])
  }

  private static let relation = #""relation":"fulfils","judgement":"yes""#

  @Test(arguments: [
    Refused(#""to":2,\#(relation)"#, "/data", "\"from\" is missing"),
    Refused(#""from":1,\#(relation)"#, "/data", "\"to\" is missing"),
    Refused(#""from":1,"to":2,"judgement":"yes""#, "/data", "\"relation\" is missing"),
    Refused(#""from":1,"to":2,"relation":"fulfils""#, "/data", "\"judgement\" is missing"),
    Refused(#""from":1,"to":1,\#(relation)"#, "/data/to", "are the same claim"),
    Refused(#""from":{"id":"c"},"to":{"id":"c"},\#(relation)"#, "/data/to", "are the same claim"),
    Refused(#""from":1,"to":"c",\#(relation)"#, "/data/to", "expected a position or"),
    Refused(
      #""from":1,"to":2,"relation":"fulfills","judgement":"yes""#, "/data/relation", "did you mean \"fulfils\"?"),
    Refused(
      #""from":1,"to":2,"relation":"fulfils","judgement":"same""#, "/data/judgement", "is not one of yes, no, unsure"),
    Refused(#""from":1,"to":2,\#(relation),"reason":"r""#, "/data/reason", "unknown member"),
  ])
  func a_link_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("review.linked")
  }

  @Test func one_id_of_two_sources_is_two_claims() throws {
    let members = #""from":{"source":"s","id":"c"},"to":{"source":"t","id":"c"},\#(Self.relation)"#
    #expect(try refusal(of: envelope("review.linked", members)) == nil)
  }

  @Test func claims_judgements_and_reviews_of_claims_can_be_withdrawn() {
    let kept = EventTypes.all.filter { !$0.isRetractable }.map { $0.type }
    #expect(
      kept == [
        "document.registered", "document.corrected", "entity.declared", "entity.named", "entity.role",
        "review.retracted", "event.erased",
      ])
  }

  @Test func what_an_event_replaces_or_withdraws_is_among_its_references() throws {
    let superseding = try claim(
      SanctionClaim.self, #""supersedes":4,"sender":"A","target":"B","measure":"tariff""#)
    #expect(superseding.references == [TargetReference(claim: .position(4), pointer: "/data/supersedes")])
    let retracted = try body(ReviewRetracted.self, #""claim":4,"reason":"r""#)
    #expect(retracted.references == [TargetReference(claim: .position(4), pointer: "/data/claim")])
    #expect(try claim(CallClaim.self, #""parties":["A","B"],"medium":"phone""#).references.isEmpty)
  }
}
