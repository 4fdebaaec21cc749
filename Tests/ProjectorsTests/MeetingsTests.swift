import Testing
import ViewTestSupport

struct MeetingsTests {
  /// Claims of one call that differ in what is added to each, every one of another document.
  private static func calls(_ additions: [String]) throws -> Record {
    let lines = additions.enumerated().map { index, addition in
      let members =
        #""when":"2024-05-01","medium":"phone","parties":["A","B"]"# + (addition.isEmpty ? "" : ",\(addition)")
      return Line.claim("call", "c\(index)", in: "D\(index)", members)
    }
    return try Record(lines)
  }

  private static func minutes(_ text: String) -> String {
    let parts = text.split(separator: " ")
    return #""duration":{"value":\#(parts[1]),"bound":"\#(parts[0])"}"#
  }

  @Test(arguments: [
    (["eq 60"], "null", #"{"low":60,"high":60,"bound":"eq","unit":"min"}"#),
    (["gt 60", "gt 90"], "compatible", #"{"low":90,"high":null,"bound":"gt","unit":"min"}"#),
    (["ge 60", "le 90"], "compatible", #"{"low":60,"high":90,"bound":null,"unit":"min"}"#),
    (["gt 60", "eq 75"], "compatible", #"{"low":75,"high":75,"bound":"eq","unit":"min"}"#),
    (["approx 90", "approx 95"], "compatible", #"{"low":90,"high":95,"bound":"approx","unit":"min"}"#),
    (["approx 90", "approx 120"], "tension", #"{"low":90,"high":120,"bound":"approx","unit":"min"}"#),
    (["approx 90", "eq 120"], "tension", #"{"low":120,"high":120,"bound":"eq","unit":"min"}"#),
    (
      ["eq 60", "eq 90"], "contradiction",
      #"[{"value":60,"bound":"eq","unit":"min"},{"value":90,"bound":"eq","unit":"min"}]"#
    ),
  ])
  func durations_are_compared_by_the_minutes_they_allow(
    _ claimed: [String], _ conflict: String, _ duration: String
  ) throws {
    let row = try Self.calls(claimed.map(Self.minutes)).row("meetings")
    #expect(row["conflict"] == conflict)
    #expect(row["duration"] == duration)
    #expect(row["differences/0/column"] == (claimed.count > 1 ? "duration" : "absent"))
  }

  @Test func a_claim_without_duration_does_not_differ_from_one_with() throws {
    let row = try Self.calls(["", Self.minutes("eq 60")]).row("meetings")
    #expect(row["conflict"] == "null")
    #expect(row["duration/low"] == "60")
  }

  @Test(arguments: [
    (["expected", "scheduled"], "scheduled", "null"), (["scheduled", "occurred"], "occurred", "null"),
    (["scheduled", "cancelled"], "cancelled", "null"), (["ongoing", "occurred"], "occurred", "null"),
    (["occurred", "denied"], #"["occurred","denied"]"#, "contradiction"),
    (["cancelled", "occurred", "scheduled"], #"["occurred","cancelled"]"#, "contradiction"),
  ])
  func the_furthest_stage_is_shown_unless_what_happened_is_denied(
    _ claimed: [String], _ status: String, _ conflict: String
  ) throws {
    let row = try Self.calls(claimed.map { #""status":"\#($0)""# }).row("meetings")
    #expect(row["status"] == status)
    #expect(row["conflict"] == conflict)
  }

  private static func meetings(_ additions: [String]) throws -> Record {
    let lines = additions.enumerated().map { index, addition in
      Line.claim("meeting", "m\(index)", in: "D\(index)", #""when":"2024-05-01","parties":["A","B"],\#(addition)"#)
    }
    return try Record(lines)
  }

  @Test func two_places_of_one_meeting_are_in_tension() throws {
    let row = try Self.meetings([#""place":"Paris""#, #""place":"Nice""#, #""place":"Paris""#]).row("meetings")
    #expect(row["place"] == #"["Nice","Paris"]"#)
    #expect(row["conflict"] == "tension")
    #expect(row["differences/0/values/1/claims"] == "[1,3]")
    #expect(row["differences/0/values/1/attributors"] == #"["D0","D2"]"#)
  }

  @Test func two_names_of_one_place_are_one() throws {
    let record = try Self.meetings([#""place":"Paris""#, #""place":"Lutetia""#])
    try record.append(Line.entity("paris", "place", names: "Paris", "Lutetia"))
    #expect(try record.row("meetings")["place"] == "paris")
    #expect(try record.row("meetings")["conflict"] == "null")
  }

  @Test func two_formats_contradict_and_the_worst_difference_names_the_row() throws {
    let row = try Self.meetings([
      #""format":"bilateral","occasion":"summit""#, #""format":"trilateral","occasion":"talks""#,
    ]).row("meetings")
    #expect(row["conflict"] == "contradiction")
    #expect(row["differences/0/class"] == "contradiction")
    #expect(row["differences/1/column"] == "occasion")
    #expect(row["differences/1/class"] == "compatible")
  }

  @Test func topics_of_all_claims_are_gathered() throws {
    let row = try Self.meetings([#""topics":["oil","gas"]"#, #""topics":["gas","arms"]"#]).row("meetings")
    #expect(row["topics"] == #"["arms","gas","oil"]"#)
  }

  @Test func qualifiers_of_one_day_stand_side_by_side() throws {
    let lines = ["2024-05-01", "2024-05-01?"].enumerated().map { index, when in
      Line.claim("meeting", "m\(index)", in: "D\(index)", #""when":"\#(when)","parties":["A","B"]"#)
    }
    let row = try Record(lines).row("meetings")
    #expect(row["when"] == #"["2024-05-01","2024-05-01?"]"#)
    #expect(row["conflict"] == "compatible")
    #expect(row["earliest"] == "2024-05-01")
  }

  @Test(arguments: [
    ("2024-05-10", "2024-05-03"), ("2024-05-03", "2024-05-01"), ("2024-05", "null"), ("2024-06", "2024-05-03"),
    ("2024-04-30", "null"),
  ])
  func the_previous_contact_lies_definitely_before(_ when: String, _ previous: String) throws {
    let record = try Record(
      ["2024-05-01", "2024-05-03"].map { day in
        Line.claim("call", "c\(day)", #""when":"\#(day)","medium":"phone","parties":["A","B"]"#)
      })
    try record.append(
      Line.claim("call", "planned", #""when":"2024-05-04","status":"scheduled","medium":"phone","parties":["A","B"]"#),
      Line.claim("call", "others", #""when":"2024-05-04","medium":"phone","parties":["A","B","C"]"#),
      Line.claim("meeting", "asked", #""when":"\#(when)","parties":["B","A"]"#))
    let row = try record.row("meetings", ["medium": ["in-person"]])
    #expect((row["previous"] == "null" ? "null" : row["previous/when"]) == previous)
  }

  @Test func the_previous_contact_is_that_of_the_position_asked_about() throws {
    let record = try Record([
      Line.claim("call", "c1", #""when":"2024-05-09","medium":"phone","parties":["A","B"]"#),
      Line.claim("call", "c2", #""when":"2024-05-01","medium":"phone","parties":["A","B"]"#),
      Line.claim("call", "c3", #""when":"2024-05-04","medium":"video","parties":["A","B"]"#),
    ])
    #expect(try record.rows("meetings", asOf: 1).last?["previous"] == "null")
    #expect(try record.rows("meetings", asOf: 2).last?["previous/when"] == "2024-05-01")
    #expect(try record.rows("meetings", asOf: 3).last?["previous/when"] == "2024-05-04")
  }

  @Test func a_previous_contact_of_many_parties_is_found() throws {
    let parties = (0..<11).map { "\"P\($0)\"" }.joined(separator: ",")
    let record = try Record(
      ["2024-05-01", "2024-05-03"].map { day in
        Line.claim("meeting", "m\(day)", #""when":"\#(day)","parties":[\#(parties)]"#)
      })
    #expect(try record.rows("meetings").last?["previous/when"] == "2024-05-01")
  }
}
