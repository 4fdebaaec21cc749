import EDTF
import Testing

@testable import Claims

/// `document.corrected`, `entity.judged` and `entity.role`.
@Suite struct JudgementRuleTests {
  private static let digest = String(repeating: "0a", count: 32)

  @Test func a_correction_with_every_member_is_read() throws {
    let members = #""publisher":"Asharq","title":"t","url":"u","lang":"ar","published":"2021-12-15","basis":"stated""#
    let correction = try body(
      DocumentCorrected.self, #""document":"D4","reason":"r",\#(members),"sha256":"\#(Self.digest)""#)
    #expect(correction.document == "D4" && correction.reason == "r" && correction.language == "ar")
    #expect(correction.title == "t" && correction.url == "u" && correction.sha256 == Self.digest)
    #expect(try correction.published == .date(EDTF("2021-12-15")) && correction.basis == .stated)
    #expect(correction.entities.map(\.text) == ["Asharq"] && correction.documents == ["D4"])
    #expect(correction.uniqueKey == nil && correction.references.isEmpty)
  }

  @Test func a_date_left_out_and_a_date_not_known_are_told_apart() throws {
    let title = try body(DocumentCorrected.self, #""document":"D4","reason":"r","title":"t""#)
    #expect(title.published == .unchanged && title.entities.isEmpty)
    let unknown = try body(DocumentCorrected.self, #""document":"D4","reason":"r","published":null"#)
    #expect(unknown.published == .unknown)
  }

  @Test(arguments: [
    #""publisher":"p""#, #""title":"t""#, #""url":"u""#, #""lang":"ar""#, #""published":null"#, #""basis":"inferred""#,
    #""sha256":"\#(digest)""#,
  ])
  func one_member_is_enough_of_a_correction(_ member: String) throws {
    #expect(try refusal(of: envelope("document.corrected", #""document":"D4","reason":"r",\#(member)"#)) == nil)
  }

  private static let named = #""document":"D4","reason":"r""#

  @Test(arguments: [
    Refused(named, "/data", "needs one of publisher, title, url, lang, published, basis, sha256"),
    Refused(#"\#(named),"titel":"t""#, "/data/titel", "did you mean \"title\"?"),
    Refused(#""reason":"r","title":"t""#, "/data", "\"document\" is missing"),
    Refused(#""document":"D4","title":"t""#, "/data", "\"reason\" is missing"),
    Refused(#"\#(named),"published":"soon""#, "/data/published", "is not an EDTF date"),
    Refused(#"\#(named),"title":null"#, "/data/title", "expected a string, found null"),
    Refused(#"\#(named),"lang":"a""#, "/data/lang", "BCP 47"),
    Refused(#"\#(named),"basis":"supplied by us""#, "/data/basis", "is not one of stated, supplied, inferred"),
    Refused(#"\#(named),"sha256":"0a""#, "/data/sha256", "64 lower-case hexadecimal digits"),
    Refused(#"\#(named),"publisher":{"entity":"p"}"#, "/data/publisher", "\"surface\" is missing"),
  ])
  func a_correction_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("document.corrected")
  }

  @Test(arguments: EntityJudged.Judgement.allCases)
  func a_judgement_is_read(_ judgement: EntityJudged.Judgement) throws {
    let judged = try body(
      EntityJudged.self, #""a":"Q15031","b":"شي","judgement":"\#(judgement.rawValue)","reason":"r""#)
    #expect(judged.one == "Q15031" && judged.other == "شي" && judged.judgement == judgement && judged.reason == "r")
    #expect(judged.entities.isEmpty && judged.references.isEmpty && judged.claim == nil)
  }

  @Test func spellings_that_only_look_the_same_may_be_judged() throws {
    let members = #""a":"\u0623","b":"\u0627\u0654","judgement":"same","reason":"r""#
    #expect(try refusal(of: envelope("entity.judged", members)) == nil)
  }

  @Test(arguments: [
    Refused(#""b":"B","judgement":"same","reason":"r""#, "/data", "\"a\" is missing"),
    Refused(#""a":"A","judgement":"same","reason":"r""#, "/data", "\"b\" is missing"),
    Refused(#""a":"A","b":"B","reason":"r""#, "/data", "\"judgement\" is missing"),
    Refused(#""a":"A","b":"B","judgement":"same""#, "/data", "\"reason\" is missing"),
    Refused(#""a":"A","b":"A","judgement":"same","reason":"r""#, "/data/b", "a judgement is about two"),
    Refused(#""a":"A","b":["B"],"judgement":"same","reason":"r""#, "/data/b", "expected a string, found an array"),
    Refused(#""a":"A","b":"B","judgement":"diferent","reason":"r""#, "/data/judgement", "did you mean \"different\"?"),
  ])
  func a_judgement_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("entity.judged")
  }

  @Test func a_role_is_read_with_and_without_its_term() throws {
    let role = try body(
      EntityRole.self,
      #""entity":"Q7747","office":"president","country":"RUS","from":"2000-05-07","until":"2008-05-07""#)
    #expect(role.entity == "Q7747" && role.office == "president" && role.entities.map(\.text) == ["RUS"])
    #expect(role.from?.description == "2000-05-07" && role.until?.description == "2008-05-07")
    let bare = try body(EntityRole.self, #""entity":"ushakov","office":"aide","country":"RUS""#)
    #expect(bare.from == nil && bare.until == nil)
  }

  private static let role = #""entity":"E","office":"o","country":"C""#

  @Test(arguments: [
    ("2008", "2008"), ("2008-05", "2008"), ("2008-05-07", "2008-05"), ("2008~", "2008-01-01"), ("2008/..", "2008"),
    ("/2007", "2006"),
  ])
  func a_term_may_end_in_what_it_begins_in(_ from: String, _ until: String) throws {
    #expect(try refusal(of: envelope("entity.role", #"\#(Self.role),"from":"\#(from)","until":"\#(until)""#)) == nil)
  }

  @Test(arguments: [
    Refused(#""office":"o","country":"C""#, "/data", "\"entity\" is missing"),
    Refused(#""entity":"E","country":"C""#, "/data", "\"office\" is missing"),
    Refused(#""entity":"E","office":"o""#, "/data", "\"country\" is missing"),
    Refused(#"\#(role),"from":"2008","until":"2007""#, "/data/until", "\"until\" (2007) lies before \"from\" (2008)"),
    Refused(#"\#(role),"from":"2008-05-07","until":"2008-05-06""#, "/data/until", "lies before"),
    Refused(#"\#(role),"until":"now""#, "/data/until", "is not an EDTF date"),
    Refused(#"\#(role),"from":2008"#, "/data/from", "expected a string, found a number"),
    Refused(#"\#(role),"form":"2008""#, "/data/form", "did you mean \"from\"?"),
  ])
  func a_role_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("entity.role")
  }
}
