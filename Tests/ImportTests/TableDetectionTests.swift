import Testing

@testable import Import

@Suite struct TableDetectionTests {
  @Test(arguments: [
    ("a,b,c", Delimiter.comma), ("a;b", .semicolon), ("a\tb", .tab), ("a", .comma), ("a;b;c,d", .semicolon),
    ("\"a,b,c\";d", .semicolon), ("a;b\n1,2,3,4", .semicolon), ("a,b;c", nil),
  ])
  func the_header_tells_the_delimiter_or_nothing_does(header: String, expected: Delimiter?) {
    #expect(Delimiter.detected(in: Array(header.utf8)[...]) == expected)
  }

  @Test(arguments: [
    (Array("São".utf8), TextEncoding.utf8), ([0x53, 0xE3, 0x6F], .windows1252), ([], .utf8), ([0xC3], .windows1252),
    ([0xED, 0xA0, 0x80], .windows1252),
  ])
  func what_is_not_UTF_8_is_taken_for_Windows_1252(bytes: [UInt8], expected: TextEncoding) {
    #expect(TextEncoding.detected(in: bytes) == expected)
  }

  @Test func bytes_above_ASCII_are_the_characters_of_their_encoding() {
    #expect(TextEncoding.latin1.decoded([0x53, 0xE3, 0x6F, 0x96]) == "São\u{96}")
    #expect(TextEncoding.windows1252.decoded([0x53, 0xE3, 0x6F, 0x96, 0x80]) == "São–€")
    #expect(TextEncoding.windows1252.decoded([0x81]) == nil)
    #expect(TextEncoding.utf8.decoded([0x53, 0xE3]) == nil)
  }

  private let mapping = """
    {"source": "s", "each": [{"type": "entity.declared", "id": "{name}",
      "data": {"entity": {"column": "name"}, "kind": "place", "names": {"pt": [{"column": "name"}]}}}]}
    """

  @Test func a_table_in_Latin_1_with_a_semicolon_is_found_out() throws {
    let import1 = try Importing(
      Array("name;x\nS".utf8) + [0xE3, 0x6F] + Array(" Paulo;1\n".utf8), mapping: Importing.mapping(mapping))
    #expect(import1.importer.encoding == .windows1252)
    #expect(import1.importer.delimiter == .semicolon)
    #expect(import1.data("entity.declared") == [#"{"entity":"São Paulo","kind":"place","names":{"pt":["São Paulo"]}}"#])
  }

  @Test func a_byte_order_mark_is_no_part_of_the_first_column() throws {
    #expect(try Importing("\u{FEFF}name,x\nBonn,1\n", mapping).told == [])
  }

  @Test(arguments: [
    ("", "empty"), ("nmae,x\nBonn,1\n", "Did you mean \"nmae\"?"), ("x,y\n1,2\n", "It has \"x\", \"y\"."),
    ("name,name\na,b\n", "two columns \"name\""), ("name,x;y\n", "state \"delimiter\""), ("\"name\n", "header"),
    ("n\0a\0m\0e\0", "UTF-16"),
  ])
  func a_table_that_the_mapping_cannot_read_is_refused(text: String, fragment: String) throws {
    let error = try #require(throws: ImportError.self) { try Importing(text, mapping) }
    #expect(error.message.contains(fragment), "\(error.message)")
  }
}
