import EDTF
import RelativeDates
import Testing

@testable import Claims

/// The valid time of a claim as an object, shown by calls: relative dates, and bounds by other claims.
@Suite struct WhenRuleTests {
  private static let own = #""parties":["A","B"],"medium":"phone""#

  private func call(_ when: String) throws -> CallClaim {
    try claim(CallClaim.self, #"\#(Self.own),"when":\#(when)"#)
  }

  /// A row that gives `when`, and where in it the error lies.
  private static func refused(_ when: String, _ place: String, _ fragment: String) -> Refused {
    Refused(#"\#(own),"when":\#(when)"#, "/data/when\(place)", fragment)
  }

  @Test(arguments: [
    (#"{"rule":"weekday","weekday":3,"direction":"past"}"#, RelativeRule.weekday(3, .past)),
    (#"{"rule":"weekday","weekday":7,"direction":"nearest"}"#, .weekday(7, .nearest)),
    (#"{"rule":"day-offset","days":-2}"#, .dayOffset(-2)),
    (#"{"rule":"day-offset","days":36525}"#, .dayOffset(36_525)),
    (#"{"rule":"month-name","month":9,"direction":"last"}"#, .monthName(9, .last)),
    (#"{"rule":"month-name","name":"November","direction":"next"}"#, .monthName(11, .next)),
    (#"{"rule":"month-name","name":"يونيو/ حزيران","direction":"this"}"#, .monthName(6, .this)),
    (#"{"rule":"season","season":21,"direction":"next"}"#, .season(.spring, .next)),
    (#"{"rule":"season","season":32,"direction":"this"}"#, .season(.southernWinter, .this)),
    (#"{"rule":"year-part","part":33,"direction":"coming"}"#, .yearPart(.firstQuarter, .coming)),
    (#"{"rule":"year-part","part":41,"direction":"this"}"#, .yearPart(.secondHalf, .this)),
    (#"{"rule":"year-offset","years":0}"#, .yearOffset(0)),
    (#"{"rule":"year-offset","years":-1000}"#, .yearOffset(-1000)),
    (#"{"rule":"deadline-unstated"}"#, .deadlineUnstated),
  ])
  func a_rule_is_read(_ text: String, _ rule: RelativeRule) throws {
    let when = try #require(try call(#"{"relative":\#(text)}"#).common.when)
    #expect(when.relative == rule)
    #expect(when.date == nil && when.expression == nil && when.aspect == .sometimeIn)
    // The rule is kept as data: without a document there is no date to bound.
    #expect(when.bounds == nil)
  }

  @Test func a_date_may_stand_beside_the_rule_that_it_came_by() throws {
    let when = try #require(
      try call(
        #"{"edtf":"2026-02-04","expression":"الأربعاء","lang":"ar","aspect":"throughout","#
          + #""relative":{"rule":"weekday","weekday":3,"direction":"past"}}"#
      ).common.when)
    #expect(when.date?.description == "2026-02-04" && when.relative == .weekday(3, .past))
    #expect(when.expression == "الأربعاء" && when.language == "ar" && when.aspect == .throughout)
  }

  @Test(arguments: RelativeRule.Kind.allCases, Direction.allCases)
  func a_rule_takes_the_directions_that_make_sense_for_it(_ kind: RelativeRule.Kind, _ direction: Direction) throws {
    let own =
      switch kind {
      case .weekday: #","weekday":1"#
      case .dayOffset: #","days":1"#
      case .monthName: #","month":1"#
      case .season: #","season":21"#
      case .yearPart: #","part":40"#
      case .yearOffset: #","years":1"#
      case .deadlineUnstated: ""
      }
    let rule = #"{"rule":"\#(kind.rawValue)"\#(own),"direction":"\#(direction.rawValue)"}"#
    let members = #""evidence":[{"document":"D1"}],\#(Self.own),"when":{"relative":\#(rule)}"#
    let error = try refusal(of: envelope("claim.call", members))
    #expect((error == nil) == kind.directions.contains(direction))
    if let error { #expect(error.pointer == "/data/when/relative/direction") }
  }

  @Test func claims_before_and_after_are_references_with_their_places() throws {
    let call = try call(#"{"after":17,"before":{"source":"desk","id":"c"}}"#)
    let when = try #require(call.common.when)
    #expect(when.after == .position(17) && when.before == .key(source: "desk", id: "c") && when.bounds == nil)
    #expect(
      call.references == [
        TargetReference(claim: .position(17), pointer: "/data/when/after"),
        TargetReference(claim: .key(source: "desk", id: "c"), pointer: "/data/when/before"),
      ])
    #expect(call.target == nil)
  }

  @Test func what_a_claim_replaces_is_referred_to_beside_what_bounds_its_date() throws {
    let call = try claim(CallClaim.self, #"\#(Self.own),"supersedes":4,"when":{"edtf":"2026","before":9}"#)
    #expect(call.references.map(\.pointer) == ["/data/supersedes", "/data/when/before"])
    #expect(call.target == TargetReference(claim: .position(4), pointer: "/data/supersedes"))
  }

  @Test(arguments: [
    refused("{}", "", "needs \"edtf\", \"expression\", \"relative\", \"after\" or \"before\""),
    refused(#"{"lang":"ar"}"#, "", "needs \"edtf\""),
    refused(#"{"aspect":"from"}"#, "", "needs \"edtf\""),
    refused(#"{"edtf":"x"}"#, "/edtf", "is not an EDTF date"),
    refused(#"{"expression":"e","lang":"1x"}"#, "/lang", "BCP 47"),
    refused(#"{"edtf":"2026","aspect":"during"}"#, "/aspect", "is not one of sometime-in"),
    refused(#"{"edtf":"2026","until":"2027"}"#, "/until", "unknown member"),
    refused(#"{"after":"c"}"#, "/after", "expected a position or"),
    refused(#"{"edtf":"2026","after":0}"#, "/after", "whole number from 1"),
    refused(#"{"edtf":"2026","before":{"source":"desk"}}"#, "/before", "\"id\" is missing"),
    refused(#"{"edtf":"2026","before":[17]}"#, "/before", "expected a position or"),
  ])
  func a_date_that_breaks_a_rule_is_refused(_ row: Refused) throws { try row.check(CallClaim.self) }

  private static func relative(_ members: String, _ place: String, _ fragment: String) -> Refused {
    refused(#"{"relative":{\#(members)}}"#, "/relative\(place)", fragment)
  }

  @Test(arguments: [
    refused(#"{"relative":"Wednesday"}"#, "/relative", "expected an object, found a string"),
    refused(#"{"edtf":"2026","relative":{}}"#, "/relative", "\"rule\" is missing"),
    relative(#""rule":"week-day","weekday":3,"direction":"past""#, "/rule", "did you mean \"weekday\"?"),
    relative(#""rule":"weekday","wekday":3,"direction":"past""#, "/wekday", "did you mean \"weekday\"?"),
    relative(#""rule":"weekday","weekday":3"#, "", "\"direction\" is missing"),
    relative(#""rule":"weekday","direction":"past""#, "", "\"weekday\" is missing"),
    relative(#""rule":"weekday","weekday":0,"direction":"past""#, "/weekday", "from 1 to 7"),
    relative(#""rule":"weekday","weekday":8,"direction":"past""#, "/weekday", "from 1 to 7"),
    relative(#""rule":"weekday","weekday":3.0,"direction":"past""#, "/weekday", "whole number"),
    relative(
      #""rule":"weekday","weekday":3,"direction":"this""#, "/direction", "takes past, last, next, coming, nearest"),
    relative(#""rule":"weekday","weekday":3,"direction":"pats""#, "/direction", "did you mean \"past\"?"),
    relative(#""rule":"weekday","weekday":3,"direction":"past","days":1"#, "/days", "takes weekday and direction"),
    relative(#""rule":"day-offset","days":36526"#, "/days", "from -36525 to 36525"),
    relative(#""rule":"day-offset","days":"1""#, "/days", "whole number"),
    relative(#""rule":"day-offset","days":1,"direction":"next""#, "/direction", "takes days"),
    relative(#""rule":"month-name","direction":"last""#, "", "needs \"month\" or \"name\""),
    relative(#""rule":"month-name","month":13,"direction":"last""#, "/month", "from 1 to 12"),
    relative(#""rule":"month-name","month":9,"name":"أيلول","direction":"last""#, "/month", "\"name\" says which"),
    relative(#""rule":"month-name","name":"Brumaire","direction":"last""#, "/name", "no name for a month"),
    relative(#""rule":"month-name","name":"يونيو/تموز","direction":"last""#, "/name", "two months, 6 and 7"),
    relative(#""rule":"month-name","name":"","direction":"last""#, "/name", "must not be empty"),
    relative(#""rule":"season","season":20,"direction":"next""#, "/season", "from 21 to 32"),
    relative(#""rule":"season","season":33,"direction":"next""#, "/season", "from 21 to 32"),
    relative(#""rule":"season","part":40,"direction":"next""#, "/part", "takes season and direction"),
    relative(#""rule":"year-part","part":32,"direction":"next""#, "/part", "from 33 to 41"),
    relative(#""rule":"year-part","part":42,"direction":"next""#, "/part", "from 33 to 41"),
    relative(#""rule":"year-offset","years":1001"#, "/years", "from -1000 to 1000"),
    relative(#""rule":"year-offset","days":1"#, "/days", "takes years"),
    relative(#""rule":"deadline-unstated","years":1"#, "/years", "takes nothing else"),
  ])
  func a_rule_that_is_no_rule_is_refused(_ row: Refused) throws { try row.check(CallClaim.self) }

  @Test func a_month_is_named_in_the_language_of_the_expression() throws {
    let name = #""relative":{"rule":"month-name","name":"November","direction":"next"}"#
    #expect(try call(#"{"lang":"en",\#(name)}"#).common.when?.relative == .monthName(11, .next))
    try Self.refused(#"{"lang":"ar",\#(name)}"#, "/relative/name", "no name of the language \"ar\" for a month").check(
      CallClaim.self)
  }
}
