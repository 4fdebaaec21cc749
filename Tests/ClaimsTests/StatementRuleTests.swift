import EDTF
import Testing

@testable import Claims

/// `claim.statement` and `claim.tally`: their own members.
@Suite struct StatementRuleTests {
  @Test func a_statement_is_read() throws {
    let statement = try claim(
      StatementClaim.self,
      #""speaker":"A","quote":"q","lang":"ar","direct":true,"addressee":"B","about":"oil""#)
    #expect(statement.speaker.text == "A" && statement.quote == "q" && statement.language == "ar")
    #expect(statement.isDirect && statement.addressee?.text == "B" && statement.about == "oil")
    #expect(statement.participants.map(\.text) == ["A", "B"] && statement.summary == "statement about oil")
    let bare = try claim(StatementClaim.self, #""speaker":"A","quote":"q","lang":"ar","direct":false"#)
    #expect(!bare.isDirect && bare.addressee == nil && bare.summary == "statement")
  }

  private static let statement = #""speaker":"A","quote":"q","lang":"ar","direct":true"#

  @Test(arguments: [
    Refused(#""quote":"q","lang":"ar","direct":true"#, "/data", "\"speaker\" is missing"),
    Refused(#""speaker":"A","lang":"ar","direct":true"#, "/data", "\"quote\" is missing"),
    Refused(#""speaker":"A","quote":"q","direct":true"#, "/data", "\"lang\" is missing"),
    Refused(#""speaker":"A","quote":"q","lang":"ar""#, "/data", "\"direct\" is missing"),
    Refused(#""speaker":"A","quote":"q","lang":"ar","direct":"true""#, "/data/direct", "expected true or false"),
    Refused(#""speaker":"A","quote":"q","lang":"ar","direct":1"#, "/data/direct", "expected true or false"),
    Refused(#""speaker":"A","quote":"","lang":"ar","direct":true"#, "/data/quote", "must not be empty"),
    Refused(#""speaker":"A","quote":"q","lang":"arabic!","direct":true"#, "/data/lang", "BCP 47"),
    Refused(#"\#(statement),"about":[]"#, "/data/about", "expected a string, found an array"),
    Refused(#"\#(statement),"adressee":"B""#, "/data/adressee", "did you mean \"addressee\"?"),
  ])
  func a_statement_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(StatementClaim.self)
  }

  @Test func a_quote_may_be_as_long_as_a_speech() throws {
    func quote(_ length: Int) -> String {
      Self.statement.replacing(#""q""#, with: #""\#(String(repeating: "س", count: length))""#)
    }
    #expect(try claim(StatementClaim.self, quote(TextLimit.long)).quote.unicodeScalars.count == TextLimit.long)
    try Refused(quote(TextLimit.long + 1), "/data/quote", "longer than").check(StatementClaim.self)
  }

  @Test func a_count_is_read_with_its_query() throws {
    let filters = #"{"between":["Q7747","Q15031"],"from":"2019-11"}"#
    let tally = try claim(
      TallyClaim.self, #""tally":"count","of":{"view":"meetings","filters":\#(filters)},"value":8"#)
    #expect(tally.tally == .count && tally.value == .count(8) && tally.query.view == "meetings")
    #expect(tally.query.filters.map(\.name) == ["between", "from"])
    #expect(tally.query.filters.map(\.values) == [["Q7747", "Q15031"], ["2019-11"]])
    #expect(tally.summary == "meetings: count 8" && tally.participants.isEmpty && tally.entities.isEmpty)
  }

  @Test(arguments: [
    ("first", TallyClaim.Kind.first, "meetings: first 2025-09"), ("last", .last, "meetings: last 2025-09"),
    ("none-since", .noneSince, "meetings: none since 2025-09"),
  ])
  func a_date_is_read(_ word: String, _ kind: TallyClaim.Kind, _ summary: String) throws {
    let tally = try claim(TallyClaim.self, #""tally":"\#(word)","of":{"view":"meetings"},"value":"2025-09""#)
    #expect(try tally.tally == kind && tally.value == .date(EDTF("2025-09")) && tally.summary == summary)
    #expect(tally.query.filters.isEmpty)
  }

  @Test(arguments: ["count", "first", "last"]) func a_value_may_be_left_out(_ word: String) throws {
    let tally = try claim(TallyClaim.self, #""tally":"\#(word)","of":{"view":"meetings"}"#)
    #expect(tally.value == nil && tally.summary == "meetings: \(word)")
  }

  private static func filters(_ json: String) -> String {
    #""tally":"count","of":{"view":"v","filters":\#(json)}"#
  }

  private static let manyFilters = "{" + (1...101).map { #""f\#($0)":"x""# }.joined(separator: ",") + "}"
  private static let longName = String(repeating: "f", count: 65)

  @Test(arguments: [
    Refused(#""of":{"view":"v"}"#, "/data", "\"tally\" is missing"),
    Refused(#""tally":"count""#, "/data", "\"of\" is missing"),
    Refused(#""tally":"none since","of":{"view":"v"}"#, "/data/tally", "did you mean \"none-since\"?"),
    Refused(#""tally":"none-since","of":{"view":"v"}"#, "/data", "\"value\" is missing"),
    Refused(#""tally":"none-since","of":{"view":"v"},"vale":"2019""#, "/data/vale", "did you mean \"value\"?"),
    Refused(#""tally":"count","of":{"view":"v"},"value":"8""#, "/data/value", "whole number that is not negative"),
    Refused(#""tally":"count","of":{"view":"v"},"value":-8"#, "/data/value", "whole number that is not negative"),
    Refused(#""tally":"count","of":{"view":"v"},"value":8.0"#, "/data/value", "whole number that is not negative"),
    Refused(#""tally":"first","of":{"view":"v"},"value":2019"#, "/data/value", "expected a string, found a number"),
    Refused(#""tally":"last","of":{"view":"v"},"value":"November""#, "/data/value", "is not an EDTF date"),
    Refused(#""tally":"count","of":"v""#, "/data/of", "expected an object, found a string"),
    Refused(#""tally":"count","of":{}"#, "/data/of", "\"view\" is missing"),
    Refused(#""tally":"count","of":{"view":""}"#, "/data/of/view", "must not be empty"),
    Refused(#""tally":"count","of":{"view":"v","filter":{}}"#, "/data/of/filter", "did you mean \"filters\"?"),
    Refused(filters("[]"), "/data/of/filters", "expected an object of filters by name, found an array"),
    Refused(filters("{}"), "/data/of/filters", "at least one filter"),
    Refused(filters(manyFilters), "/data/of/filters", "at most 100 are taken"),
    Refused(filters(#"{"From":"2019"}"#), "/data/of/filters/From", "is not a filter's name"),
    Refused(filters(#"{"":"2019"}"#), "/data/of/filters/", "is not a filter's name"),
    Refused(filters(#"{"\#(longName)":"x"}"#), "/data/of/filters/\(longName)", "is not a filter's name"),
    Refused(filters(#"{"from":2019}"#), "/data/of/filters/from", "a text or an array of texts, found a number"),
    Refused(filters(#"{"from":[]}"#), "/data/of/filters/from", "at least 1 element"),
    Refused(filters(#"{"from":["2019",""]}"#), "/data/of/filters/from/1", "must not be empty"),
  ])
  func a_tally_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(TallyClaim.self)
  }
}
