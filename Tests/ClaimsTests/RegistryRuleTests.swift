import Testing

@testable import Claims

/// `document.registered`, `entity.declared`, `entity.named` and `review.retracted`.
@Suite struct RegistryRuleTests {
  private static let digest = String(repeating: "0a", count: 32)
  private static let document = #""document":"D1","lang":"ar","published":"2026-02-04","basis":"supplied""#

  @Test func a_document_with_every_member_is_read() throws {
    let members = #""publisher":"Asharq","title":"t","url":"https://annals.invalid/1","sha256":"\#(Self.digest)""#
    let event = try event(envelope("document.registered", "\(Self.document),\(members)"))
    let document = try #require(event.body as? DocumentRegistered)
    #expect(document.document == "D1" && document.language == "ar" && document.basis == .supplied)
    #expect(document.published?.description == "2026-02-04" && document.sha256 == Self.digest)
    #expect(document.publisher?.text == "Asharq" && document.title == "t" && document.url == "https://annals.invalid/1")
    #expect(document.entities.map(\.text) == ["Asharq"] && document.documents == ["D1"])
    #expect(document.uniqueKey == "document:D1" && document.target == nil)
  }

  @Test func a_document_of_unknown_date_says_so_with_null() throws {
    let event = try event(
      envelope("document.registered", #""document":"D4","lang":"ar","published":null,"basis":"inferred""#))
    let document = try #require(event.body as? DocumentRegistered)
    #expect(document.published == nil && document.entities.isEmpty)
  }

  @Test(arguments: [
    Refused(#""document":"D1","published":"2026","basis":"stated""#, "/data", "\"lang\" is missing"),
    Refused(#""document":"D1","lang":"ar","basis":"stated""#, "/data", "\"published\" is missing"),
    Refused(#""document":"D1","lang":"ar","published":"2026""#, "/data", "\"basis\" is missing"),
    Refused(#""lang":"ar","published":"2026","basis":"stated""#, "/data", "\"document\" is missing"),
    Refused(#"\#(document),"lang2":"x""#, "/data/lang2", "did you mean \"lang\"?"),
    Refused(#"\#(document),"sha256":"00""#, "/data/sha256", "64 lower-case hexadecimal digits"),
    Refused(#"\#(document),"sha256":"\#(digest.uppercased())""#, "/data/sha256", "64 lower-case hexadecimal digits"),
    Refused(#"\#(document),"publisher":7"#, "/data/publisher", "expected a name, an id or"),
    Refused(#"\#(document),"title":"""#, "/data/title", "must not be empty"),
    Refused(#""document":"D1","lang":"a","published":"2026","basis":"stated""#, "/data/lang", "BCP 47"),
    Refused(#""document":"D1","lang":"ar-","published":"2026","basis":"stated""#, "/data/lang", "BCP 47"),
    Refused(#""document":"D1","lang":"ar","published":2026,"basis":"stated""#, "/data/published", "expected a string"),
    Refused(#""document":"D1","lang":"ar","published":"soon","basis":"stated""#, "/data/published", "EDTF"),
    Refused(
      #""document":"D1","lang":"ar","published":"2026","basis":"sted""#, "/data/basis", "did you mean \"stated\"?"),
  ])
  func a_document_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("document.registered")
  }

  @Test func an_entity_with_every_member_is_read() throws {
    let members = #""country":"CHN","wikidata":"Q15031","iso3":"CHN""#
    let names = #""names":{"ar":["شي جين بينغ","شي"],"zh-Hans":["习近平"]}"#
    let event = try event(envelope("entity.declared", #""entity":"Q15031","kind":"person",\#(names),\#(members)"#))
    let entity = try #require(event.body as? EntityDeclared)
    #expect(entity.entity == "Q15031" && entity.kind == .person && entity.wikidata == "Q15031" && entity.iso3 == "CHN")
    #expect(entity.names.map(\.language) == ["ar", "zh-Hans"])
    #expect(entity.names[0].forms == ["شي جين بينغ", "شي"])
    #expect(entity.entities.map(\.text) == ["CHN"] && entity.uniqueKey == nil)
  }

  private static let declared = #""entity":"E","kind":"place","names":{"en":["E"]}"#

  @Test(arguments: [
    Refused(#""kind":"place","names":{"en":["E"]}"#, "/data", "\"entity\" is missing"),
    Refused(#""entity":"E","names":{"en":["E"]}"#, "/data", "\"kind\" is missing"),
    Refused(#""entity":"E","kind":"place""#, "/data", "\"names\" is missing"),
    Refused(#""entity":"E","kind":"city","names":{"en":["E"]}"#, "/data/kind", "is not one of person, country"),
    Refused(#""entity":"E","kind":"place","names":{}"#, "/data/names", "at least one language"),
    Refused(#""entity":"E","kind":"place","names":["E"]"#, "/data/names", "expected an object of names"),
    Refused(#""entity":"E","kind":"place","names":{"en":[]}"#, "/data/names/en", "at least 1 element"),
    Refused(#""entity":"E","kind":"place","names":{"en":"E"}"#, "/data/names/en", "expected an array"),
    Refused(#""entity":"E","kind":"place","names":{"en":["E",""]}"#, "/data/names/en/1", "must not be empty"),
    Refused(#""entity":"E","kind":"place","names":{"en_GB":["E"]}"#, "/data/names/en_GB", "BCP 47"),
    Refused(#""entity":"E","kind":"place","names":{"e/n":["E"]}"#, "/data/names/e~1n", "BCP 47"),
    Refused(#"\#(declared),"wikidata":"7747""#, "/data/wikidata", "Wikidata item"),
    Refused(#"\#(declared),"wikidata":"Q07""#, "/data/wikidata", "Wikidata item"),
    Refused(#"\#(declared),"wikidata":"Q""#, "/data/wikidata", "Wikidata item"),
    Refused(#"\#(declared),"iso3":"CN""#, "/data/iso3", "alpha-3"),
    Refused(#"\#(declared),"iso3":"chn""#, "/data/iso3", "alpha-3"),
    Refused(#"\#(declared),"country":{"entity":"CHN"}"#, "/data/country", "\"surface\" is missing"),
  ])
  func an_entity_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("entity.declared")
  }

  @Test func a_name_is_read() throws {
    let named = try #require(
      try event(envelope("entity.named", #""entity":"Q7747","name":"بوتين","lang":"ar""#)).body as? EntityNamed)
    #expect(named.entity == "Q7747" && named.name == "بوتين" && named.language == "ar")
    #expect(named.entities.isEmpty && named.documents.isEmpty)
  }

  @Test(arguments: [
    Refused(#""entity":"E","name":"n""#, "/data", "\"lang\" is missing"),
    Refused(#""entity":"E","lang":"en""#, "/data", "\"name\" is missing"),
    Refused(#""entity":{"entity":"E","surface":"e"},"name":"n","lang":"en""#, "/data/entity", "expected a string"),
    Refused(#""entity":"E","name":"n","lang":7"#, "/data/lang", "expected a string"),
    Refused(#""entity":"E","name":"n","lang":"en","kind":"place""#, "/data/kind", "unknown member"),
  ])
  func a_name_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("entity.named")
  }

  @Test(arguments: [
    ("17", ClaimReference.position(17)), (#"{"id":"c"}"#, .key(source: nil, id: "c")),
    (#"{"source":"other","id":"c"}"#, .key(source: "other", id: "c")),
  ])
  func a_retraction_is_read_with_what_it_withdraws(_ reference: String, _ expected: ClaimReference) throws {
    let body = try event(envelope("review.retracted", #""claim":\#(reference),"reason":"wrong""#)).body
    let retracted = try #require(body as? ReviewRetracted)
    #expect(retracted.claim == expected && retracted.reason == "wrong")
    #expect(retracted.target == TargetReference(claim: expected, pointer: "/data/claim"))
  }

  @Test(arguments: [
    Refused(#""reason":"r""#, "/data", "\"claim\" is missing"),
    Refused(#""claim":1"#, "/data", "\"reason\" is missing"),
    Refused(#""claim":0,"reason":"r""#, "/data/claim", "whole number from 1"),
    Refused(#""claim":-1,"reason":"r""#, "/data/claim", "whole number from 1"),
    Refused(#""claim":1.0,"reason":"r""#, "/data/claim", "whole number from 1"),
    Refused(#""claim":99999999999999999999,"reason":"r""#, "/data/claim", "whole number from 1"),
    Refused(#""claim":"c","reason":"r""#, "/data/claim", "expected a position or"),
    Refused(#""claim":{"source":"s"},"reason":"r""#, "/data/claim", "\"id\" is missing"),
    Refused(#""claim":{"id":"c","position":1},"reason":"r""#, "/data/claim/position", "unknown member"),
    Refused(#""claim":1,"reason":"""#, "/data/reason", "must not be empty"),
  ])
  func a_retraction_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check("review.retracted")
  }
}
