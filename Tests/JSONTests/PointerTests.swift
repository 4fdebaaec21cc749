import Testing

@testable import JSON

@Suite struct PointerTests {
  /// The document and the pointers of RFC 6901 section 5, without those that are the same in JSON and URI form.
  static let document = #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#

  @Test(arguments: [
    ("/foo/0", #""bar""#), ("/foo/1", #""baz""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"),
    ("/g|h", "4"),
    ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"), ("", document), ("/foo", #"["bar","baz"]"#),
  ])
  func pointer_of_the_rfc_leads_to_its_value_and_back(text: String, expected: String) throws {
    let root = try JSONParser().parse(Array(Self.document.utf8)).root
    let pointer = try #require(JSONPointer(text))
    let value = try #require(root[pointer])
    #expect(value.rawText == Array(expected.utf8))
    #expect(value.pointer.text == text)
  }

  @Test(arguments: [
    "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/-1", "/foo/1/", "/foo/", "/bar", "/a/b", "//", "/m~0n/0",
  ])
  func pointer_to_nothing_gives_nil(text: String) throws {
    let root = try JSONParser().parse(Array(Self.document.utf8)).root
    let pointer = try #require(JSONPointer(text))
    #expect(root[pointer] == nil)
  }

  @Test(arguments: ["a", "foo/0", "/~", "/~2", "/a~", "/~~0", "#/a"])
  func malformed_pointer_is_refused(text: String) {
    #expect(JSONPointer(text) == nil)
  }

  @Test func tokens_are_escaped_when_appended_and_unescaped_when_read() {
    let pointer = JSONPointer.root.appending("a/b").appending(3).appending("~1").appending("").appending("ü")
    #expect(pointer.text == "/a~1b/3/~01//ü")
    #expect(pointer.tokens == ["a/b", "3", "~1", "", "ü"])
    #expect(JSONPointer(pointer.text) == pointer)
    #expect(JSONPointer.root.tokens.isEmpty)
  }

  @Test func names_that_are_only_canonically_equivalent_have_different_pointers() {
    let composed = JSONPointer.root.appending("\u{E9}")
    let decomposed = JSONPointer.root.appending("e\u{301}")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed, composed]).count == 2)
  }

  @Test func a_pointer_into_a_part_of_a_document_starts_at_that_part() throws {
    let root = try JSONParser().parse(Array(#"{"a":{"b":[{"c":7}]}}"#.utf8)).root
    let part = try #require(root["a"])
    let value = try #require(part[JSONPointer.root.appending("b").appending(0).appending("c")])
    #expect(value.int == 7)
    #expect(value.pointer.text == "/a/b/0/c")
  }
}
