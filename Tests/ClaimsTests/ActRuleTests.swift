import Testing

@testable import Claims

/// `claim.gathering`, `claim.message`, `claim.exercise`, `claim.sanction` and `claim.act`: their own members.
@Suite struct ActRuleTests {
  @Test func a_gathering_is_read() throws {
    let gathering = try claim(
      GatheringClaim.self,
      #""gathering":"parade","attendees":["A","B"],"place":"P","headcount":{"value":25,"bound":"approx"}"#)
    #expect(gathering.gathering.text == "parade" && gathering.attendees.map(\.text) == ["A", "B"])
    #expect(gathering.place?.text == "P" && gathering.headcount?.bound == .approx)
    #expect(gathering.summary == "gathering of about 25 people" && gathering.participants == gathering.attendees)
    #expect(gathering.ownEntities.map(\.text) == ["parade", "A", "B", "P"])
    #expect(try claim(GatheringClaim.self, #""gathering":"parade","attendees":["A"]"#).summary == "gathering")
  }

  @Test(arguments: [
    Refused(#""attendees":["A"]"#, "/data", "\"gathering\" is missing"),
    Refused(#""gathering":"g""#, "/data", "\"attendees\" is missing"),
    Refused(#""gathering":"g","attendees":[]"#, "/data/attendees", "at least 1 element, has 0"),
    Refused(#""gathering":"g","attendees":["A","A"]"#, "/data/attendees/1", "A is named twice"),
    Refused(#""gathering":"g","attendees":["A"],"headcount":25"#, "/data/headcount", "expected an object"),
    Refused(#""gathering":"g","attendees":["A"],"headcount":{"value":2.5}"#, "/data/headcount/value", "is whole"),
    Refused(#""gathering":"g","atendees":["A"]"#, "/data/atendees", "did you mean \"attendees\"?"),
  ])
  func a_gathering_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(GatheringClaim.self)
  }

  @Test func a_message_is_read() throws {
    let message = try claim(MessageClaim.self, #""bearer":"A","from":"B","to":"C""#)
    #expect(message.bearer.text == "A" && message.from.text == "B" && message.to.text == "C")
    #expect(message.participants.map(\.text) == ["A", "B", "C"] && message.summary == "message")
  }

  @Test(arguments: [
    Refused(#""from":"B","to":"C""#, "/data", "\"bearer\" is missing"),
    Refused(#""bearer":"A","to":"C""#, "/data", "\"from\" is missing"),
    Refused(#""bearer":"A","from":"B""#, "/data", "\"to\" is missing"),
    Refused(#""bearer":"A","from":"B","to":["C"]"#, "/data/to", "expected a name, an id or"),
    Refused(#""bearer":"A","from":"B","to":"C","place":"P""#, "/data/place", "unknown member"),
  ])
  func a_message_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(MessageClaim.self)
  }

  @Test func an_exercise_is_read() throws {
    let exercise = try claim(
      ExerciseClaim.self,
      #""exercise":"x","participants":["A","B"],"place":"P","headcount":{"value":10000,"bound":"gt"}"#)
    #expect(exercise.exercise?.text == "x" && exercise.place?.text == "P")
    #expect(exercise.participants.map(\.text) == ["A", "B"])
    #expect(exercise.ownEntities.map(\.text) == ["A", "B", "x", "P"])
    #expect(exercise.summary == "exercise with more than 10000 people")
    let bare = try claim(ExerciseClaim.self, #""participants":["A"]"#)
    #expect(bare.exercise == nil && bare.summary == "exercise")
  }

  @Test(arguments: [
    Refused(#""exercise":"x""#, "/data", "\"participants\" is missing"),
    Refused(#""participants":[]"#, "/data/participants", "at least 1 element"),
    Refused(#""participants":"A""#, "/data/participants", "expected an array"),
    Refused(#""participants":["A"],"exercise":[]"#, "/data/exercise", "expected a name, an id or"),
    Refused(#""participants":["A"],"headcount":{"value":-1}"#, "/data/headcount/value", "not negative"),
    Refused(#""participants":["A"],"headcount":{"value":1,"unit":"troops"}"#, "/data/headcount/unit", "\"people\""),
    Refused(#""participants":["A"],"parties":["B"]"#, "/data/parties", "unknown member"),
  ])
  func an_exercise_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(ExerciseClaim.self)
  }

  @Test(arguments: [
    (SanctionClaim.Measure.tariff, "tariff", #","percent":{"value":12.5}"#, "tariff of 12.5 %"),
    (.embargo, "embargo", "", "embargo"), (.assetFreeze, "asset-freeze", "", "asset-freeze"),
    (.other, "other", "", "sanction"),
  ])
  func a_sanction_is_read(
    _ measure: SanctionClaim.Measure, _ word: String, _ percent: String, _ summary: String
  ) throws {
    let sanction = try claim(SanctionClaim.self, #""sender":"A","target":"B","measure":"\#(word)"\#(percent)"#)
    #expect(sanction.sender.text == "A" && sanction.target.text == "B" && sanction.measure == measure)
    #expect(sanction.participants.map(\.text) == ["A", "B"] && sanction.summary == summary)
    #expect((sanction.percent == nil) == percent.isEmpty)
  }

  private static let sanction = #""sender":"A","target":"B","measure":"tariff""#

  @Test(arguments: [
    Refused(#""target":"B","measure":"tariff""#, "/data", "\"sender\" is missing"),
    Refused(#""sender":"A","measure":"tariff""#, "/data", "\"target\" is missing"),
    Refused(#""sender":"A","target":"B""#, "/data", "\"measure\" is missing"),
    Refused(#""sender":"A","target":"B","measure":"tarif""#, "/data/measure", "did you mean \"tariff\"?"),
    Refused(#"\#(sanction),"percent":{"value":-1}"#, "/data/percent/value", "a rate is not negative"),
    Refused(#"\#(sanction),"percent":{"value":1,"unit":"USD"}"#, "/data/percent/unit", "\"%\""),
    Refused(#"\#(sanction),"amount":{"value":1}"#, "/data/amount", "unknown member"),
  ])
  func a_sanction_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(SanctionClaim.self)
  }

  @Test func an_act_is_read() throws {
    let act = try claim(
      ActClaim.self, #""actors":["A"],"recipients":["B"],"plover":"ACCUSE","cameo":"111","place":"P""#)
    #expect(act.plover == "ACCUSE" && act.cameo == "111" && act.place?.text == "P")
    #expect(act.participants.map(\.text) == ["A", "B"] && act.ownEntities.map(\.text) == ["A", "B", "P"])
    #expect(act.summary == "act ACCUSE CAMEO 111")
    let bare = try claim(ActClaim.self, #""actors":["A"]"#)
    #expect(bare.recipients.isEmpty && bare.summary == "act")
  }

  @Test(arguments: ["04", "040", "0311", "1724"]) func a_code_of_two_to_four_digits_is_accepted(_ code: String) throws {
    #expect(try claim(ActClaim.self, #""actors":["A"],"cameo":"\#(code)""#).cameo == code)
  }

  @Test(arguments: [
    Refused(#""recipients":["A"]"#, "/data", "\"actors\" is missing"),
    Refused(#""actors":[]"#, "/data/actors", "at least 1 element"),
    Refused(#""actors":["A","A"]"#, "/data/actors/1", "A is named twice"),
    Refused(#""actors":["A"],"recipients":[]"#, "/data/recipients", "at least 1 element"),
    Refused(#""actors":["A"],"plover":"Accuse""#, "/data/plover", "in capital letters"),
    Refused(#""actors":["A"],"plover":"ACCUSE ""#, "/data/plover", "in capital letters"),
    Refused(#""actors":["A"],"plover":"""#, "/data/plover", "must not be empty"),
    Refused(#""actors":["A"],"cameo":111"#, "/data/cameo", "expected a string, found a number"),
    Refused(#""actors":["A"],"cameo":"1""#, "/data/cameo", "two to four digits"),
    Refused(#""actors":["A"],"cameo":"11111""#, "/data/cameo", "two to four digits"),
    Refused(#""actors":["A"],"cameo":"١١١""#, "/data/cameo", "two to four digits"),
    Refused(#""actors":["A"],"actor":"B""#, "/data/actor", "did you mean \"actors\"?"),
  ])
  func an_act_that_breaks_a_rule_is_refused(_ row: Refused) throws {
    try row.check(ActClaim.self)
  }
}
