import Testing

@testable import JSON

/// Documents that must be accepted, in the spirit of RFC 8259's grammar, rule by rule.
@Suite struct AcceptanceTests {
  static let structures = [
    "{}", "[]", " {} ", "\t[\n]\r\n", "[[]]", "[{}]", "{\"a\":{}}", "{\"a\":[]}", "[1,2]", "[1 , 2]", "[ 1\n,\t2 ]",
    "{\"a\":1,\"b\":2}", "{ \"a\" : 1 , \"b\" : 2 }", "{\"\":0}", "{\"a\":{\"a\":{\"a\":1}}}", "[{\"a\":1},{\"a\":1}]",
    "{\"a\":1,\"A\":2}", "{\"ab\":1,\"abc\":2}", "{\"12345678\":1,\"123456789\":2}", "{\"a\":1,\"a\\u0000\":2}",
    // Composed and decomposed: other bytes, so another name.
    "{\"\u{E9}\":1,\"e\u{301}\":2}",
    "true", "false", "null", " true", "null ", "[true,false,null]", "\"\"", "0",
  ]

  static let numbers = [
    "0", "-0", "1", "-1", "10", "123456789", "0.0", "0.5", "-0.5", "1.000", "0.10", "1e5", "1E5", "1e+5", "1e-5",
    "1E+5",
    "1E-5", "0e0", "0E+1", "-0e-1", "1.5e10", "1e05", "1e00", "20.0000001e-22", "9007199254740993",
    "18446744073709551616", "1e400", "-1e400", "1e-400", "1e999999999999999999999999999999",
    String(repeating: "9", count: 700), "0." + String(repeating: "3", count: 700),
  ]

  static let strings = [
    "", "a", "abc def", "'", "/", "{}[],:", "true", "\u{7F}", "\u{80}", "é", "ﷺ", "习近平", "بوتين", "😀", "\u{10FFFD}",
    "\u{2028}\u{2029}", "\u{FEFF}", "\u{E000}", "\u{FFFD}", "\u{FDCF}\u{FDF0}", "\u{FFFC}", "忿", "п",
    "123456789012345", "1234567890123456", "12345678901234567", "ééééééééééééééééééé",
  ]

  static let escapes = [
    (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{C}"), (#"\n"#, "\n"), (#"\r"#, "\r"),
    (#"\t"#, "\t"), (#"\u0000"#, "\0"), (#"\u0041"#, "A"), (#"\u00e9"#, "é"), (#"\u00E9"#, "é"), (#"\u20ac"#, "€"),
    (#"\uD83D\uDE00"#, "😀"), (#"\ud83d\ude00"#, "😀"), (#"\ud800\udc00"#, "\u{10000}"), (#"\uDBFF\uDFFD"#, "\u{10FFFD}"),
    (#"\uD7FF\uE000"#, "\u{D7FF}\u{E000}"), (#"a\nb"#, "a\nb"), (#"\\n"#, "\\n"), (#"\\\""#, "\\\""),
    (#"\\\\"#, "\\\\"),
    (#"\\u0041"#, "\\u0041"), (#"é\n😀"#, "é\n😀"), (#"\u006"#, nil), (#"123456789012345\n"#, "123456789012345\n"),
    (#"1234567890123456\n"#, "1234567890123456\n"), (#"\ufffd"#, "\u{FFFD}"),
  ]

  @Test(arguments: structures) func structure_of_the_grammar_is_accepted(text: String) throws {
    let document = try JSONParser().parse(Array(text.utf8))
    #expect(document.root[.root] != nil)
  }

  @Test(arguments: numbers) func number_is_accepted_and_kept_as_written(text: String) throws {
    let parser = JSONParser()
    #expect(try parser.parse(Array(text.utf8)).root.numberText == text)
    #expect(try parser.parse(Array("[\(text)]".utf8)).root.elements.map(\.numberText) == [text])
    #expect(try parser.parse(Array("{\"a\":\(text) }".utf8)).root["a"]?.numberText == text)
  }

  @Test(arguments: strings) func string_without_escapes_is_read_as_written(text: String) throws {
    let value = try JSONParser().parse(Array("\"\(text)\"".utf8)).root
    #expect(value.utf8 == Array(text.utf8))
    #expect(value.string == text)
    #expect(value.equals(text))
    #expect(!value.hasEscapes)
  }

  @Test(arguments: escapes) func escape_is_read_as_its_character(raw: String, expected: String?) throws {
    guard let expected else {
      #expect(throws: JSONError.self) { try JSONParser().parse(Array("\"\(raw)\"".utf8)) }
      return
    }
    let value = try JSONParser().parse(Array("\"\(raw)\"".utf8)).root
    #expect(value.utf8 == Array(expected.utf8))
    #expect(value.string?.unicodeScalars.elementsEqual(expected.unicodeScalars) == true)
    #expect(value.equals(expected))
    #expect(value.equals(Array(expected.utf8)))
    #expect(!value.equals(expected + "a"))
    #expect(value.hasEscapes)
    #expect(value.rawText == Array("\"\(raw)\"".utf8))
  }

  @Test(arguments: ["[", "{\"a\":"]) func nesting_to_the_limit_is_accepted_and_one_deeper_refused(open: String) throws {
    let close = open == "[" ? "]" : "}"
    func nested(_ depth: Int) -> [UInt8] {
      let inner = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      return Array(inner.utf8)
    }
    let parser = JSONParser()
    #expect(throws: Never.self) { try parser.parse(nested(JSONLimits.maximumDepth)) }
    let error = #expect(throws: JSONError.self) { try parser.parse(nested(JSONLimits.maximumDepth + 1)) }
    #expect(error?.code == .tooDeep)
    #expect(error?.offset == JSONLimits.maximumDepth * open.utf8.count)
    #expect(error?.pointer.tokens.count == JSONLimits.maximumDepth)
  }

  @Test func depth_counts_open_containers_not_all() throws {
    let text = "[" + String(repeating: "[[]],", count: 100) + "[]]"
    #expect(try JSONParser().parse(Array(text.utf8)).root.count == 101)
  }

  @Test func length_to_the_limit_is_accepted_and_one_longer_refused() throws {
    let parser = JSONParser(maximumByteCount: 4)
    #expect(try parser.parse(Array("null".utf8)).root.isNull)
    let error = #expect(throws: JSONError.self) { try parser.parse(Array("null ".utf8)) }
    #expect(error == JSONError(code: .tooLong, offset: 4, pointer: .root))
  }

  @Test func a_part_of_an_array_is_parsed_with_offsets_in_the_whole() throws {
    let bytes = Array(#"APPEND {"a":[1, 2]} tail"#.utf8)
    let parser = JSONParser()
    let document = try parser.parse(bytes, in: 7..<19)
    #expect(document.root.range == 7..<19)
    #expect(document.root["a"]?.range == 12..<18)
    #expect(document.minified == Array(#"{"a":[1,2]}"#.utf8))
    #expect(try parser.parse(bytes, in: 13..<14).root.int == 1)
    let error = #expect(throws: JSONError.self) { try parser.parse(bytes, in: 7..<20 + 1) }
    #expect(error == JSONError(code: .trailingContent, offset: 20, pointer: .root))
    #expect(throws: JSONError.self) { try parser.parse(bytes, in: 0..<0) }
  }

  @Test func documents_stay_whole_when_their_parser_goes_on() throws {
    let parser = JSONParser(maximumByteCount: 1 << 22)
    let first = try parser.parse(Array(#"{"a":"first"}"#.utf8))
    let long = "[" + String(repeating: "\"0123456789\",", count: 1 << 15) + "0]"
    let second = try parser.parse(Array(long.utf8))
    let third = try parser.parse(Array(#"{"a":"third"}"#.utf8))
    #expect(first.root["a"]?.string == "first")
    #expect(second.root.count == (1 << 15) + 1)
    #expect(third.root["a"]?.string == "third")
  }
}
