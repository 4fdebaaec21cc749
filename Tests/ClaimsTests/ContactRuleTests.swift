import Testing

@testable import Claims

/// `claim.call`, `claim.meeting`, `claim.visit` and `claim.treaty`: their own members.
@Suite struct ContactRuleTests {
  @Test func a_call_is_read() throws {
    let duration = #"{"value":90,"bound":"approx","unit":"min"}"#
    let call = try claim(
      CallClaim.self,
      #""parties":["A",{"entity":"B","surface":"b"}],"medium":"video","duration":\#(duration),"topics":["t"],"initiator":"A""#
    )
    #expect(call.parties == [EntityReference(text: "A"), EntityReference(entity: "B", text: "b")])
    #expect(call.medium == .video && call.topics == ["t"] && call.initiator?.text == "A")
    #expect(call.duration?.bound == .approx && call.duration?.unit == "min")
    #expect(call.participants == call.parties && call.ownEntities.count == 3 && call.summary == "video call")
  }

  @Test(arguments: [
    Refused(#""medium":"phone""#, "/data", "\"parties\" is missing"),
    Refused(#""parties":["A","B"]"#, "/data", "\"medium\" is missing"),
    Refused(#""parties":["A"],"medium":"phone""#, "/data/parties", "at least 2 elements, has 1"),
    Refused(#""parties":"A","medium":"phone""#, "/data/parties", "expected an array"),
    Refused(#""parties":["A",7],"medium":"phone""#, "/data/parties/1", "expected a name, an id or"),
    Refused(#""parties":["A","A"],"medium":"phone""#, "/data/parties/1", "A is named twice"),
    Refused(#""parties":["A",{"surface":"b"}],"medium":"phone""#, "/data/parties/1", "\"entity\" is missing"),
    Refused(#""parties":["A","B"],"medium":"fax""#, "/data/medium", "is not one of phone, video"),
    Refused(#""parties":["A","B"],"medium":"phone","place":"C""#, "/data/place", "unknown member"),
    Refused(#""parties":["A","B"],"medium":"phone","duration":90"#, "/data/duration", "expected an object"),
    Refused(#""parties":["A","B"],"medium":"phone","duration":{}"#, "/data/duration", "\"value\" is missing"),
    Refused(
      #""parties":["A","B"],"medium":"phone","duration":{"value":-1}"#, "/data/duration/value", "is not negative"),
    Refused(
      #""parties":["A","B"],"medium":"phone","duration":{"value":1,"unit":"h"}"#, "/data/duration/unit", "\"min\""),
    Refused(
      #""parties":["A","B"],"medium":"phone","duration":{"value":1,"bound":"about"}"#, "/data/duration/bound",
      "is not one of eq, approx"),
    Refused(#""parties":["A","B"],"medium":"phone","topics":[""]"#, "/data/topics/0", "must not be empty"),
    Refused(#""parties":["A","B"],"medium":"phone","initiator":"""#, "/data/initiator", "must not be empty"),
  ])
  func a_call_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(CallClaim.self)
  }

  @Test func a_meeting_is_read() throws {
    let meeting = try claim(
      MeetingClaim.self, #""parties":["A","B","C"],"place":"P","format":"trilateral","occasion":"summit""#)
    #expect(meeting.parties.count == 3 && meeting.place?.text == "P" && meeting.format == .trilateral)
    #expect(meeting.summary == "trilateral meeting, summit" && meeting.topics.isEmpty && meeting.duration == nil)
    #expect(meeting.ownEntities.map(\.text) == ["A", "B", "C", "P"] && meeting.participants == meeting.parties)
    #expect(try claim(MeetingClaim.self, #""parties":["A","B"]"#).summary == "meeting")
  }

  @Test(arguments: [
    Refused(#""parties":["A"]"#, "/data/parties", "at least 2"),
    Refused(#""parties":["A","B"],"medium":"video""#, "/data/medium", "unknown member"),
    Refused(#""parties":["A","B"],"format":"bilatral""#, "/data/format", "did you mean \"bilateral\"?"),
    Refused(#""parties":["A","B"],"place":["P"]"#, "/data/place", "expected a name, an id or"),
    Refused(#""parties":["A","B"],"occasion":"""#, "/data/occasion", "must not be empty"),
  ])
  func a_meeting_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(MeetingClaim.self)
  }

  @Test func a_visit_is_read() throws {
    let visit = try claim(
      VisitClaim.self, #""visitor":"A","host":"B","place":"P","level":"state","occasion":"Victory Day""#)
    #expect(visit.visitor.text == "A" && visit.host.text == "B" && visit.place?.text == "P" && visit.level == .state)
    #expect(visit.participants.map(\.text) == ["A", "B"] && visit.ownEntities.map(\.text) == ["A", "B", "P"])
    #expect(visit.summary == "state visit, Victory Day")
    #expect(try claim(VisitClaim.self, #""visitor":"A","host":"B""#).summary == "visit")
  }

  @Test(arguments: [
    Refused(#""host":"B""#, "/data", "\"visitor\" is missing"),
    Refused(#""visitor":"A""#, "/data", "\"host\" is missing"),
    Refused(#""visitor":["A"],"host":"B""#, "/data/visitor", "expected a name, an id or"),
    Refused(#""visitor":"A","host":"B","level":"royal""#, "/data/level", "is not one of state, official, working"),
    Refused(#""visitor":"A","host":"B","parties":["A"]"#, "/data/parties", "unknown member"),
  ])
  func a_visit_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(VisitClaim.self)
  }

  @Test(arguments: TreatyClaim.Action.allCases)
  func a_treaty_is_read(_ action: TreatyClaim.Action) throws {
    let treaty = try claim(
      TreatyClaim.self, #""treaty":"new-start","action":"\#(action.rawValue)","parties":["A","B"],"until":"2026-02-05""#
    )
    #expect(treaty.treaty.text == "new-start" && treaty.action == action && treaty.parties.count == 2)
    #expect(treaty.until?.description == "2026-02-05" && treaty.summary == "treaty \(action.rawValue)")
    #expect(treaty.participants.map(\.text) == ["new-start", "A", "B"])
  }

  @Test(arguments: [
    Refused(#""action":"signed""#, "/data", "\"treaty\" is missing"),
    Refused(#""treaty":"t""#, "/data", "\"action\" is missing"),
    Refused(#""treaty":"t","action":"in force""#, "/data/action", "did you mean \"in-force\"?"),
    Refused(#""treaty":"t","action":"signed","parties":[]"#, "/data/parties", "at least 1 element"),
    Refused(#""treaty":"t","action":"extended","until":"later""#, "/data/until", "is not an EDTF date"),
  ])
  func a_treaty_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(TreatyClaim.self)
  }
}
