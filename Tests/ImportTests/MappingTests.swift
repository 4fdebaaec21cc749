import Claims
import Testing

@testable import Import

@Suite struct MappingTests {
  /// A row of the table: members of a mapping that replace or join the usual ones, and how it is refused.
  struct Refused: Sendable, CustomTestStringConvertible {
    let text: String
    let pointer: String
    let fragment: String

    init(_ text: String, _ pointer: String, _ fragment: String) {
      (self.text, self.pointer, self.fragment) = (text, pointer, fragment)
    }

    var testDescription: String { text }
  }

  private static let each = #""each": [{"type": "claim.visit", "id": "{id}", "data": {}}]"#

  private static func data(_ template: String) -> String {
    #"{"source": "s", "dates": {"day": {"formats": ["iso"]}}, "lookups": {"codes": {"a": "b"}}, "each": [{"type": "claim.visit", "id": "{id}", "data": {"x": \#(template)}}]}"#
  }

  @Test(arguments: [
    Refused("[]", "", "expected an object"), Refused("{\(each)}", "", "\"source\" is missing"),
    Refused(#"{"source": "s"}"#, "", "\"each\" is missing"),
    Refused(#"{"source": "s", "each": []}"#, "/each", "at least 1"),
    Refused(#"{"source": "s", "delimeter": ",", \#(each)}"#, "/delimeter", "did you mean \"delimiter\""),
    Refused(#"{"source": "s", "delimiter": "|", \#(each)}"#, "/delimiter", "not one of"),
    Refused(#"{"source": "s", "encoding": "utf8", \#(each)}"#, "/encoding", "did you mean \"utf-8\""),
    Refused(#"{"source": "s", "dates": {"d": {"formats": ["usa"]}}, \#(each)}"#, "/dates/d/formats/0", "not one of"),
    Refused(#"{"source": "s", "dates": {"d": {"formats": []}}, \#(each)}"#, "/dates/d/formats", "at least 1"),
    Refused(
      #"{"source": "s", "dates": {"d": {"formats": ["iso"], "years": [2000, 1900]}}, \#(each)}"#, "/dates/d/years",
      "two years"),
    Refused(
      #"{"source": "s", "dates": {"d": {"formats": ["iso"], "sentinels": {"": "none"}}}, \#(each)}"#,
      "/dates/d/sentinels/", "not one of"),
    Refused(#"{"source": "s", "lookups": {"c": {"a": 1}}, \#(each)}"#, "/lookups/c/a", "expected a string"),
    Refused(
      #"{"source": "s", "once": [{"type": "document.registered", "id": "d", "data": {}}], \#(each)}"#, "/once/0",
      "/data"),
    Refused(
      #"{"source": "s", "each": [{"type": "claim.vist", "id": "1", "data": {}}]}"#, "/each/0/type", "unknown event type"
    ),
    Refused(
      #"{"source": "s", "each": [{"type": "claim.visit", "id": "{id", "data": {}}]}"#, "/each/0/id",
      "another to close it"),
    Refused(
      #"{"source": "s", "each": [{"type": "claim.visit", "id": "id}", "data": {}}]}"#, "/each/0/id", "no opening one"),
    Refused(
      #"{"source": "s", "each": [{"type": "claim.visit", "id": "1", "where": [{"column": "a"}], "data": {}}]}"#,
      "/each/0/where/0",
      "either \"is\" or \"isNot\""),
    Refused(data(#"{"column": "a", "lookup": "code"}"#), "/each/0/data/x/lookup", "did you mean \"codes\""),
    Refused(data(#"{"column": "dya", "as": "when"}"#), "/each/0/data/x/column", "did you mean \"day\""),
    Refused(data(#"{"columns": ["day"], "as": "when"}"#), "/each/0/data/x/columns", "at least 2"),
    Refused(data(#"{"columns": ["day", "day"]}"#), "/each/0/data/x", "\"as\" is missing"),
    Refused(
      data(#"{"columns": ["day", "day"], "column": "day", "as": "when"}"#), "/each/0/data/x/column", "names both"),
    Refused(data(#"{"column": "a", "empty": "keep"}"#), "/each/0/data/x/empty", "cannot be kept"),
    Refused(data(#"{"column": "a", "otherwise": "keep"}"#), "/each/0/data/x/otherwise", "lookup"),
    Refused(data(#"{"column": "a", "as": "entity"}"#), "/each/0/data/x", "by its \"lookup\""),
    Refused(data(#"{"column": "a", "spilt": [","]}"#), "/each/0/data/x/spilt", "did you mean \"split\""),
    Refused(data(#"{"text": "a", "column": "b"}"#), "/each/0/data/x/column", "unknown member"),
  ])
  func a_mapping_that_cannot_be_meant_is_refused_at_its_place(refused: Refused) throws {
    let error = try #require(throws: EventError.self) { try Importing.mapping(refused.text) }
    #expect(error.pointer == refused.pointer, "\(error.message)")
    #expect(error.message.contains(refused.fragment), "\(error.message)")
  }

  @Test func an_id_stands_once_among_the_events_of_no_row() throws {
    let event =
      #"{"type": "entity.declared", "id": "e", "data": {"entity": "e", "kind": "place", "names": {"en": ["E"]}}}"#
    let error = try #require(throws: EventError.self) {
      try Importing.mapping(#"{"source": "s", "once": [\#(event), \#(event)], \#(Self.each)}"#)
    }
    #expect(error.pointer == "/once/1")
  }

  @Test func a_mapping_that_is_no_JSON_is_refused() throws {
    let error = try #require(throws: ImportError.self) { try Mapping(parsing: Array("{".utf8)) }
    #expect(error.message.contains("closed"))
  }
}
