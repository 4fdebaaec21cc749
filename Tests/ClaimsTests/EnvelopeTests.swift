import Testing

@testable import Claims

/// The CloudEvents envelope around every event.
@Suite struct EnvelopeTests {
  private static let named = #""type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}"#

  @Test func an_envelope_with_every_member_is_read() throws {
    let event = try event(
      #"{"specversion":"1.0","source":"urn:desk","id":"a b","subject":"S T","time":"2026-02-04T18:30:00Z",\#(Self.named)}"#
    )
    #expect(event.source == "urn:desk" && event.id == "a b" && event.type == "entity.named")
    #expect(event.subject == "S T" && event.time == "2026-02-04T18:30:00Z")
    #expect(event.hasSpecversion)
    #expect(event.body is EntityNamed)
  }

  @Test func members_that_may_be_absent_are_nil() throws {
    let event = try event(#"{"source":"desk","id":"1",\#(Self.named)}"#)
    #expect(event.subject == nil && event.time == nil)
    #expect(!event.hasSpecversion)
  }

  @Test func identifiers_of_the_longest_length_are_accepted() throws {
    // Lengths count Unicode scalars: two bytes each here.
    let longest = String(repeating: "ش", count: TextLimit.identifier)
    let event = try event(#"{"source":"\#(longest)","id":"\#(longest)","subject":"\#(longest)",\#(Self.named)}"#)
    #expect(event.id == longest)
  }

  private static let long = String(repeating: "a", count: TextLimit.identifier + 1)

  @Test(arguments: [
    Refused(#""source":7,"id":"1""#, "/source", "expected a string, found a number"),
    Refused(#""source":"","id":"1""#, "/source", "must not be empty"),
    Refused(#""source":"a b","id":"1""#, "/source", "no blanks"),
    Refused(#""source":"a\u007fb","id":"1""#, "/source", "control characters"),
    Refused(#""source":"\#(long)","id":"1""#, "/source", "longer than 1024 characters"),
    Refused(#""source":"desk","id":" 1""#, "/id", "begins or ends with a blank"),
    Refused(#""source":"desk","id":"1 ""#, "/id", "begins or ends with a blank"),
    Refused(#""source":"desk","id":"1\n2""#, "/id", "control characters"),
    Refused(#""source":"desk","id":null"#, "/id", "expected a string, found null"),
    Refused(#""source":"desk","id":"1","subject":"""#, "/subject", "must not be empty"),
    Refused(#""source":"desk","id":"1","subject":"\#(long)""#, "/subject", "longer than 1024 characters"),
    Refused(#""source":"desk","id":"1","time":"2026-02-04""#, "/time", "RFC 3339"),
    Refused(#""source":"desk","id":"1","time":17"#, "/time", "expected a string"),
    Refused(#""source":"desk","id":"1","specversion":"0.3""#, "/specversion", "only CloudEvents \"1.0\""),
    Refused(#""source":"desk","id":"1","specversion":1.0"#, "/specversion", "only CloudEvents \"1.0\""),
    Refused(#""source":"desk","id":"1","position":4"#, "/position", "set by the daemon"),
    Refused(#""source":"desk","id":"1","recordedtime":"2026-02-04T18:30:00Z""#, "/recordedtime", "set by the daemon"),
    Refused(#""source":"desk","id":"1","recordedby":"x""#, "/recordedby", "set by the daemon"),
    Refused(#""source":"desk","id":"1","datacontenttype":"a""#, "/datacontenttype", "unknown member"),
    Refused(#""source":"desk""#, "", "member \"id\" is missing"),
    Refused(#""id":"1""#, "", "member \"source\" is missing"),
  ])
  func a_broken_envelope_is_refused(_ row: Refused) throws {
    try row.check(event: "{\(row.members),\(Self.named)}")
  }

  @Test(arguments: [
    ("claim.cal", "did you mean \"claim.call\"?"), ("Claim.Call", "did you mean \"claim.call\"?"),
    ("weather", "known are document.registered, document.corrected"),
  ])
  func an_unknown_type_is_refused_with_the_nearest_or_all_known(_ type: String, _ fragment: String) throws {
    let error = try #require(try refusal(of: envelope(type, "")))
    #expect(error.kind == .unknownType && error.pointer == "/type")
    #expect(error.message.contains(fragment), "\(error.message)")
  }

  @Test(arguments: ["[]", "7", #""text""#, "null"])
  func what_is_no_object_is_refused(_ text: String) throws {
    let error = try #require(try refusal(of: text))
    #expect(error.pointer == "" && error.message.contains("expected an object"))
  }

  @Test func a_missing_type_or_data_is_named() throws {
    let noType = try #require(try refusal(of: #"{"source":"desk","id":"1","data":{}}"#))
    #expect(noType.pointer == "" && noType.message.contains("\"type\""))
    let noData = try #require(try refusal(of: #"{"source":"desk","id":"1","type":"claim.call"}"#))
    #expect(noData.pointer == "" && noData.message.contains("\"data\""))
  }

  @Test(arguments: [("idd", "id"), ("Source", "source"), ("subjct", "subject"), ("dta", "data")])
  func a_mistyped_member_is_named_before_the_one_it_leaves_missing(_ typo: String, _ meant: String) throws {
    let text = envelope("entity.named", #""entity":"E","name":"n","lang":"en""#)
    let changed =
      text.contains("\"\(meant)\":") ? text.replacing("\"\(meant)\":", with: "\"\(typo)\":") : #"{"\#(typo)":"x"}"#
    let error = try #require(try refusal(of: changed))
    #expect(error.pointer == "/\(typo)")
    #expect(error.message == "unknown member \"\(typo)\"; did you mean \"\(meant)\"?")
  }

  @Test func a_place_in_a_batch_is_named_from_its_root() throws {
    let batch = "[\(envelope("entity.named", #""entity":"E","name":"","lang":"en""#))]"
    #expect { try event(batch, at: "/0") } throws: { ($0 as? EventError)?.pointer == "/0/data/name" }
  }

  @Test func a_recorded_line_may_have_what_the_daemon_set() throws {
    let line = #"{"position":3,"recordedtime":"2026-02-04T18:30:00.000000Z","recordedby":"ana",\#(Self.named),"#
    let root = try parsed(line + #""source":"desk","id":"1"}"#)
    #expect(try Event(root, recorded: true).id == "1")
    #expect(throws: EventError.self) { try Event(root) }
  }
}
