import Testing

@testable import JSON

@Suite struct ValueTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONParser().parse(Array(text.utf8)).root
  }

  @Test func asking_for_another_kind_gives_nil() throws {
    let kinds: [JSONKind] = [.object, .array, .string, .number, .true, .false, .null]
    let values = Array(try parse(#"[{"a":1},[1],"1",1,true,false,null]"#).elements)
    #expect(values.map(\.kind) == kinds)
    for value in values {
      #expect((value.string == nil) == (value.kind != .string))
      #expect((value.utf8 == nil) == (value.kind != .string))
      #expect((value.contentRange == nil) == (value.kind != .string))
      #expect((value.withUTF8 { $0.count } == nil) == (value.kind != .string))
      #expect(value.equals("1") == (value.kind == .string))
      #expect((value.numberText == nil) == (value.kind != .number))
      #expect((value.decimal == nil) == (value.kind != .number))
      #expect((value.int == nil) == (value.kind != .number))
      #expect((value.bool == nil) == (value.kind != .true && value.kind != .false))
      #expect(value.isNull == (value.kind == .null))
      #expect((value["a"] == nil) == (value.kind != .object))
      #expect(value.members.contains { _ in true } == (value.kind == .object))
      #expect(value.elements.contains { _ in true } == (value.kind == .array))
      #expect(value.count == (value.kind == .object || value.kind == .array ? 1 : 0))
    }
    #expect(values.map(\.bool) == [nil, nil, nil, nil, true, false, nil])
  }

  @Test func members_and_elements_come_in_the_order_written() throws {
    let root = try parse(#"{"z":[3,1,2],"a":{"c":{},"b":[]},"\u006d":null}"#)
    #expect(root.members.map(\.name) == ["z", "a", "m"])
    #expect(root.count == 3)
    #expect(root["z"]?.elements.map(\.int) == [3, 1, 2])
    #expect(root["a"]?.members.map(\.name) == ["c", "b"])
    #expect(root["a"]?.members.map(\.value.kind) == [.object, .array])
    #expect(root["m"]?.isNull == true)
    #expect(root["b"] == nil)
    #expect(root[""] == nil)
  }

  @Test(arguments: ["a", "12345678", "é", "e\u{301}", "\n", "😀", "\"", ""])
  func a_member_is_found_by_the_bytes_of_its_name(name: String) throws {
    var writer = JSONWriter()
    writer.beginObject()
    for (index, other) in ["a", "12345678", "é", "e\u{301}", "\n", "😀", "\"", ""].enumerated() {
      writer.key(other)
      writer.int(index)
    }
    writer.endObject()
    let root = try JSONParser().parse(writer.bytes).root
    let member = try #require(root.members.first { $0.key.equals(name) })
    #expect(root[name]?.index == member.value.index)
    #expect(member.name.unicodeScalars.elementsEqual(name.unicodeScalars))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e2", nil), ("0.0", nil),
      ("99999999999999999999999999", nil),
    ] as [(String, Int64?)])
  func integer_is_read_only_if_written_as_one_that_fits(text: String, expected: Int64?) throws {
    #expect(try parse(text).int == expected)
  }

  @Test func ranges_and_raw_text_are_those_of_the_source() throws {
    let root = try parse(#" { "a" : [ 1 , "x\n" ] , "b":-1.50e3} "#)
    #expect(root.range == 1..<37)
    let array = try #require(root["a"])
    #expect(array.rawText == Array(#"[ 1 , "x\n" ]"#.utf8))
    let string = try #require(array.elements.first { $0.kind == .string })
    #expect(string.rawText == Array(#""x\n""#.utf8))
    #expect(string.contentRange == (string.range.lowerBound + 1)..<(string.range.upperBound - 1))
    #expect(string.withUTF8 { $0.count } == 2)
    #expect(root["b"]?.rawText == Array("-1.50e3".utf8))
  }

  @Test(arguments: [
    ("{}", "{}"), (" [ ] ", "[]"), ("\n{\t\"a b\" : \" c\\\" d \" }\r", "{\"a b\":\" c\\\" d \"}"),
    ("[ 1 , 2.0 ,\"\" , null]", "[1,2.0,\"\",null]"), (" \" \"", "\" \""), ("1 ", "1"),
  ])
  func minified_drops_space_between_tokens_only(text: String, expected: String) throws {
    let document = try JSONParser().parse(Array(text.utf8))
    #expect(document.minified == Array(expected.utf8))
    #expect(document.hasInsignificantSpace == (text != expected))
    let again = try JSONParser().parse(document.minified)
    #expect(again.minified == document.minified)
    #expect(!again.hasInsignificantSpace)
  }

  @Test func minified_returns_the_same_array_where_nothing_is_to_drop() throws {
    let bytes = Array(#"{"a":"b c"}"#.utf8)
    let document = try JSONParser().parse(bytes)
    let address = bytes.withUnsafeBufferPointer { $0.baseAddress }
    #expect(document.minified.withUnsafeBufferPointer { $0.baseAddress } == address)
    #expect(try JSONParser().parse(Array("[1]".utf8), in: 1..<2).minified == Array("1".utf8))
  }

  @Test(arguments: [
    ("1", "1", true), ("1", " 1 ", true), ("1.0", "1.00", false), ("1e1", "1E1", false), ("0", "-0", false),
    ("1", "\"1\"", false),
    ("true", "true", true), ("true", "false", false), ("null", "null", true), ("null", "false", false),
    (#""é""#, #""\u00e9""#, true), (#""\u00e9""#, #""é""#, true), (#""\n\u000a""#, #""\u000A\n""#, true),
    (#""a""#, #""b""#, false),
    (#""\n""#, #""n""#, false), ("\"é\"", "\"e\u{301}\"", false),
    ("[]", "[]", true), ("[]", "{}", false), ("[1,2]", "[1, 2]", true), ("[1,2]", "[2,1]", false),
    ("[1]", "[1,1]", false),
    (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, true), (#"{"a":1,"b":2}"#, #"{"a":1}"#, false),
    (#"{"a":1}"#, #"{"a":1,"b":2}"#, false),
    (#"{"a":1,"b":2}"#, #"{"b":1,"a":2}"#, false), (#"{"a":1,"b":2}"#, #"{"c":1,"a":1}"#, false),
    (#"{"a":1,"b":2}"#, #"{"a":1,"c":2}"#, false),
    (#"{"a":1,"b":2,"c":3}"#, #"{"b":2,"a":1}"#, false), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1,"c":3}"#, false),
    (#"{"x":[{"a":1,"b":2}],"y":0}"#, #"{"y":0,"\u0078":[{"b":2,"\u0061":1}]}"#, true),
    (#"{"x":[{"a":1,"b":2}],"y":0}"#, #"{"y":0,"x":[{"b":2,"a":1.0}]}"#, false),
  ])
  func same_content_ignores_space_order_and_escapes_but_not_number_text(a: String, b: String, same: Bool) throws {
    let (left, right) = (try parse(a), try parse(b))
    #expect(left.isSameContent(as: right) == same)
    #expect(right.isSameContent(as: left) == same)
    #expect(left.isSameContent(as: left))
  }
}
