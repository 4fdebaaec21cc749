import EDTF
import Testing

@testable import Claims

/// The members that all claims share, shown by calls.
@Suite struct ClaimRuleTests {
  private static let own = #""parties":["A","B"],"medium":"phone""#

  private func call(_ members: String) throws -> CallClaim {
    try #require(try event(envelope("claim.call", "\(Self.own),\(members)")).body as? CallClaim)
  }

  @Test func common_members_are_read() throws {
    let evidence = #"[{"document":"D1","start":0,"end":4,"quote":"q","translated":"t"},{"document":"D2"}]"#
    let common = try call(
      #""evidence":\#(evidence),"status":"denied","when":"2026-02-04","attribution":["Asharq","Carnegie"],"#
        + #""confidence":0.50,"supersedes":{"id":"c"},"note":"n""#
    ).common
    #expect(common.evidence.map(\.document) == ["D1", "D2"])
    #expect(common.evidence[0].range == 0..<4 && common.evidence[1].range == nil)
    #expect(common.evidence[0].quote == "q" && common.evidence[0].translated == "t")
    #expect(common.status == .denied && common.note == "n")
    #expect(common.attribution.map(\.text) == ["Asharq", "Carnegie"])
    #expect(common.confidence?.description == "0.50")
    #expect(common.supersedes == .key(source: nil, id: "c"))
    #expect(common.when?.date?.description == "2026-02-04" && common.when?.aspect == .sometimeIn)
  }

  @Test func what_is_absent_stays_absent_and_the_status_is_occurred() throws {
    let claim = try call(#""evidence":[{"document":"D1"}]"#)
    #expect(claim.common.status == .occurred && claim.common.when == nil && claim.common.confidence == nil)
    #expect(claim.common.attribution.isEmpty && claim.target == nil)
    #expect(claim.documents == ["D1"] && claim.entities.map(\.text) == ["A", "B"])
  }

  @Test func what_a_claim_replaces_is_its_target() throws {
    let claim = try call(#""evidence":[{"document":"D1"}],"supersedes":4"#)
    #expect(claim.target == TargetReference(claim: .position(4), pointer: "/data/supersedes"))
  }

  @Test(arguments: [
    (#"{"expression":"قبل أيام","lang":"ar"}"#, nil, Aspect.sometimeIn),
    (#"{"edtf":"2026","aspect":"throughout"}"#, "2026", .throughout),
    (#"{"edtf":"2026-02","expression":"e","aspect":"until"}"#, "2026-02", .until),
    (#"{"relative":{"rule":"day-offset","days":-2},"aspect":"from"}"#, nil, .from),
  ])
  func a_date_in_an_object_is_read(_ when: String, _ date: String?, _ aspect: Aspect) throws {
    let when = try #require(try call(#""evidence":[{"document":"D1"}],"when":\#(when)"#).common.when)
    #expect(when.date?.description == date && when.aspect == aspect)
    #expect((when.bounds == nil) == (date == nil))
  }

  @Test(arguments: [
    ("sometime-in", "2026-02-01", "2026-02-28"), ("throughout", "2026-02-01", "2026-02-28"),
    ("from", "2026-02-01", ".."), ("until", "..", "2026-02-28"), ("deadline", "..", "2026-02-28"),
  ])
  func an_aspect_opens_the_bounds_it_leaves_open(_ aspect: String, _ earliest: String, _ latest: String) throws {
    let members = #""evidence":[{"document":"D1"}],"when":{"edtf":"2026-02","aspect":"\#(aspect)"}"#
    let bounds = try #require(try call(members).common.when?.bounds)
    #expect(bounds.earliest.description == earliest && bounds.latest.description == latest)
  }

  private static let sound = #"\#(own),"evidence":[{"document":"D1"}]"#
  private static let hundredAndOne = "[" + (1...101).map { "\"P\($0)\"" }.joined(separator: ",") + "]"

  @Test(arguments: [
    Refused(own, "/data", "\"evidence\" is missing"),
    Refused(#"\#(own),"evidence":[]"#, "/data/evidence", "at least 1 element, has 0"),
    Refused(#"\#(own),"evidence":{"document":"D1"}"#, "/data/evidence", "expected an array, found an object"),
    Refused(#"\#(own),"evidence":["D1"]"#, "/data/evidence/0", "expected an object, found a string"),
    Refused(#"\#(own),"evidence":[{"quote":"q"}]"#, "/data/evidence/0", "\"document\" is missing"),
    Refused(#"\#(own),"evidence":[{"document":"D1","begin":0}]"#, "/data/evidence/0/begin", "unknown member"),
    Refused(#"\#(own),"evidence":[{"document":"D1","start":0}]"#, "/data/evidence/0", "go together"),
    Refused(#"\#(own),"evidence":[{"document":"D1","end":0}]"#, "/data/evidence/0", "go together"),
    Refused(#"\#(own),"evidence":[{"document":"D1","start":5,"end":4}]"#, "/data/evidence/0/end", "lies before"),
    Refused(#"\#(own),"evidence":[{"document":"D1","start":-1,"end":4}]"#, "/data/evidence/0/start", "not negative"),
    Refused(#"\#(own),"evidence":[{"document":"D1","start":0,"end":4.0}]"#, "/data/evidence/0/end", "whole number"),
    Refused(#"\#(own),"evidence":[{"document":"D1","quote":""}]"#, "/data/evidence/0/quote", "must not be empty"),
    Refused(#"\#(sound),"status":"Occurred""#, "/data/status", "did you mean \"occurred\"?"),
    Refused(#"\#(sound),"status":null"#, "/data/status", "expected a string, found null"),
    Refused(#"\#(sound),"when":"2026-02-30""#, "/data/when", "is not an EDTF date"),
    Refused(#"\#(sound),"when":2026"#, "/data/when", "expected an EDTF date or an object, found a number"),
    Refused(#"\#(sound),"attribution":[]"#, "/data/attribution", "at least 1 element"),
    Refused(#"\#(sound),"attribution":["A","B","A"]"#, "/data/attribution/2", "A is named twice"),
    Refused(#"\#(sound),"attribution":\#(hundredAndOne)"#, "/data/attribution", "at most 100 are taken"),
    Refused(#"\#(sound),"confidence":1.01"#, "/data/confidence", "between 0 and 1"),
    Refused(#"\#(sound),"confidence":-0.1"#, "/data/confidence", "between 0 and 1"),
    Refused(#"\#(sound),"confidence":"high""#, "/data/confidence", "expected a number, found a string"),
    Refused(#"\#(sound),"supersedes":"c""#, "/data/supersedes", "expected a position or"),
    Refused(#"\#(sound),"note":7"#, "/data/note", "expected a string, found a number"),
  ])
  func a_claim_that_breaks_a_common_rule_is_refused(_ row: Refused) throws {
    try row.check("claim.call")
  }

  @Test func names_that_only_look_the_same_are_different() throws {
    // A composed letter and the same with its hamza apart: canonically equivalent, not the same bytes.
    let members = #""parties":["\u0623","\u0627\u0654"],"medium":"phone","evidence":[{"document":"D1"}]"#
    #expect(try refusal(of: envelope("claim.call", members)) == nil)
    let object = #"{"entity":"A","surface":"A"}"#
    let mixed = #""parties":["A",\#(object)],"medium":"phone","evidence":[{"document":"D1"}]"#
    #expect(try refusal(of: envelope("claim.call", mixed)) == nil)
  }

  @Test func texts_of_the_longest_length_are_accepted_and_no_longer_ones() throws {
    func note(_ length: Int) -> String {
      envelope("claim.call", #"\#(Self.sound),"note":"\#(String(repeating: "س", count: length))""#)
    }
    #expect(try refusal(of: note(TextLimit.long)) == nil)
    #expect(try refusal(of: note(TextLimit.long + 1))?.message == "longer than 100000 characters")
  }
}
