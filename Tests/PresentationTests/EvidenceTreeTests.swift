import JSON
import Presentation
import Testing

struct EvidenceTreeTests {
  private static let registered = #"""
    {"position":1,"source":"s","id":"d","type":"document.registered","data":{"document":"D1","publisher":"AP",
    "title":"Talks","lang":"ar","published":null,"basis":"inferred"}}
    """#
  private static let corrected = #"""
    {"position":4,"source":"s","id":"k","type":"document.corrected","data":{"document":"D1","published":"2026-02-04",
    "basis":"stated","reason":"the page says so"}}
    """#
  private static let claim = #"""
    {"position":3,"source":"s","id":"c","type":"claim.call","data":{"evidence":[{"document":"D1","start":3,"end":9,
    "quote":"قال بوتين","translated":"Putin said"}],"when":{"expression":"الأربعاء"},"parties":["Q7747","شي"],"medium":"video",
    "attribution":["Wire","ushakov"],"confidence":0.8,"supersedes":{"id":"b"},"note":"a note"}}
    """#

  private func lines(_ events: [String], labels: [String: String] = [:]) throws -> [String] {
    EvidenceTree(try events.map(json), labels: labels).tree(view: "meetings", key: "k").lines()
  }

  @Test func a_claim_goes_down_to_its_speakers_its_document_and_the_words() throws {
    #expect(
      try lines([Self.registered, Self.claim, Self.corrected], labels: ["Q7747": "Putin", "ushakov": "Ushakov"]) == [
        "meetings  k",
        "└─ 3  claim.call  “الأربعاء”  occurred  parties Putin, شي; medium video",
        "   ├─ says Ushakov via Wire via AP", "   ├─ confidence  0.8", "   ├─ note  a note",
        "   └─ D1  “Talks”  AP  published 2026-02-04 (stated)",
        "      ├─ “قال بوتين”  characters 3–9", "      ├─ translated  “Putin said”",
        "      └─ corrected by event 4  published 2026-02-04; basis stated  because the page says so",
      ])
  }

  @Test func an_unknown_date_and_an_unknown_document_are_told() throws {
    let other = #"{"position":5,"type":"claim.act","data":{"evidence":[{"document":"D2"}],"status":"denied"}}"#
    let all = try lines([Self.registered, Self.claim, other])
    #expect(all.contains("│  └─ D1  “Talks”  AP  date of publication unknown (inferred)"))
    #expect(all.suffix(3) == ["└─ 5  claim.act  undated  denied", "   ├─ says D2", "   └─ D2  not registered"])
  }

  @Test(arguments: [
    (#""2026-02""#, "2026-02"), (#"{"edtf":"2026","aspect":"deadline"}"#, "by 2026"),
    (#"{"relative":{"rule":"season","season":21,"direction":"last"}}"#, "season, season 21, direction last"),
    (#"{"after":4,"before":{"id":"x"}}"#, "after event 4, before event x"),
  ])
  func a_date_is_told_as_the_claim_gives_it(when: String, shown: String) throws {
    let claim = #"{"position":5,"type":"claim.act","data":{"evidence":[{"document":"D"}],"when":\#(when)}}"#
    #expect(try lines([claim])[1] == "└─ 5  claim.act  \(shown)  occurred")
  }

  @Test(arguments: ["3", #"{"id":"c"}"#, #"{"source":"s","id":"c"}"#, #"{"id":"b"}"#])
  func a_review_stands_under_the_claim_it_concerns_or_that_replaced_it(reference: String) throws {
    let assessed = #"""
      {"position":6,"source":"s","id":"a","type":"review.assessed","data":{"claim":\#(reference),"rank":"preferred",
      "verdict":"supported","reason":"heard it"}}
      """#
    let linked = #"""
      {"position":7,"source":"s","id":"l","type":"review.linked","data":{"from":{"source":"x","id":"y"},"to":\#(reference),
      "relation":"fulfils","judgement":"yes"}}
      """#
    #expect(
      try lines([Self.claim, assessed, linked]).filter { $0.hasSuffix("by event 6") || $0.hasSuffix("by event 7") } == [
        "   ├─ assessed  preferred  supported  because heard it  by event 6",
        "   ├─ linked  fulfils  ←  event x y  judged yes  by event 7",
      ])
  }

  @Test func what_concerns_no_claim_alone_stands_below_the_row() throws {
    let judged = #"""
      {"position":8,"type":"entity.judged","data":{"a":"بوتن","b":"Q7747","judgement":"same","reason":"one man"}}
      """#
    let astray = #"""
      {"position":9,"source":"s","id":"z","type":"review.assessed","data":{"claim":99,"rank":"normal","reason":"r"}}
      """#
    #expect(
      try lines([Self.registered, Self.corrected, judged, astray], labels: ["Q7747": "Putin"]) == [
        "meetings  k", "├─ D1  “Talks”  AP  published 2026-02-04 (stated)",
        "│  └─ corrected by event 4  published 2026-02-04; basis stated  because the page says so",
        "├─ 9  review.assessed  claim 99; rank normal; reason r  s z",
        "└─ 8  entity.judged  بوتن  is the same as  Putin  because one man",
      ])
  }

  @Test func nothing_in_a_quote_acts_on_the_terminal() throws {
    let claim = #"{"position":1,"type":"claim.act","data":{"evidence":[{"document":"D","quote":"a\u001b[2J\u202eb"}]}}"#
    #expect(try lines([claim]).contains("      └─ “a\\u{1B}[2J\\u{202E}b”"))
  }

  @Test func claims_are_shown_alone_where_only_some_are_wanted() throws {
    let tree = EvidenceTree(try [Self.registered, Self.claim].map(json), labels: [:])
    #expect(tree.claims(at: [3, 77]).count == 1)
    #expect(tree.claims(at: [1]).isEmpty)
  }
}
