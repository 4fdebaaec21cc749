import Testing

@testable import JSON

/// A text that must be refused, with the byte and the place that the error must name.
struct Refusal: CustomTestStringConvertible {
  let bytes: [UInt8]
  let code: JSONError.Code
  let offset: Int
  let pointer: String

  init(_ text: String, _ code: JSONError.Code, at offset: Int, _ pointer: String = "") {
    self.init(Array(text.utf8), code, at: offset, pointer)
  }

  init(_ bytes: [UInt8], _ code: JSONError.Code, at offset: Int, _ pointer: String = "") {
    (self.bytes, self.code, self.offset, self.pointer) = (bytes, code, offset, pointer)
  }

  /// Raw bytes inside a string.
  init(inString bytes: [UInt8], _ code: JSONError.Code, at offset: Int = 0) {
    self.init([0x22] + bytes + [0x22], code, at: 1 + offset)
  }

  var testDescription: String { "\(String(decoding: bytes, as: UTF8.self)) \(bytes.count < 9 ? "\(bytes)" : "")" }
}

@Suite struct RefusalTests {
  static let structures = [
    Refusal("", .empty, at: 0), Refusal(" \n\t\r", .empty, at: 4),
    Refusal("\u{FEFF}{}", .byteOrderMark, at: 0), Refusal([0xEF, 0xBB, 0xBF], .byteOrderMark, at: 0),
    Refusal(" \u{FEFF}{}", .expectedValue, at: 1), Refusal([0xFF, 0xFE, 0x7B, 0x00], .expectedValue, at: 0),
    Refusal("{", .unexpectedEnd, at: 1), Refusal("[", .unexpectedEnd, at: 1), Refusal("[1", .unexpectedEnd, at: 2),
    Refusal("[1,", .unexpectedEnd, at: 3), Refusal("{\"a\"", .unexpectedEnd, at: 4, "/a"),
    Refusal("{\"a\":", .unexpectedEnd, at: 5, "/a"), Refusal("{\"a\":1", .unexpectedEnd, at: 6),
    Refusal("{\"a\":1,", .unexpectedEnd, at: 7), Refusal("{\"a\":[{", .unexpectedEnd, at: 7, "/a/0"),
    Refusal("]", .expectedValue, at: 0), Refusal("}", .expectedValue, at: 0), Refusal(",", .expectedValue, at: 0),
    Refusal(":", .expectedValue, at: 0), Refusal("[,]", .expectedValue, at: 1, "/0"),
    Refusal("[1,]", .expectedValue, at: 3, "/1"), Refusal("[,1]", .expectedValue, at: 1, "/0"),
    Refusal("[1,,2]", .expectedValue, at: 3, "/1"), Refusal("[1 2]", .expectedCommaOrEnd, at: 3),
    Refusal("[1}", .expectedCommaOrEnd, at: 2), Refusal("[1:2]", .expectedCommaOrEnd, at: 2),
    Refusal("[\"a\":1]", .expectedCommaOrEnd, at: 4), Refusal("[\"a\" \"b\"]", .expectedCommaOrEnd, at: 5),
    Refusal("[\"a\"b]", .expectedCommaOrEnd, at: 4), Refusal("[1\"a\"]", .expectedCommaOrEnd, at: 2),
    Refusal("[[1]", .unexpectedEnd, at: 4), Refusal("[{}[]]", .expectedCommaOrEnd, at: 3),
    Refusal("{,}", .expectedName, at: 1), Refusal("{\"a\":1,}", .expectedName, at: 7),
    Refusal("{\"a\":1,,\"b\":2}", .expectedName, at: 7), Refusal("{1:1}", .expectedName, at: 1),
    Refusal("{null:1}", .expectedName, at: 1), Refusal("{a:1}", .expectedName, at: 1),
    Refusal("{'a':1}", .expectedName, at: 1), Refusal("{[]:1}", .expectedName, at: 1),
    Refusal("{]", .expectedName, at: 1), Refusal("{\"a\"}", .expectedColon, at: 4, "/a"),
    Refusal("{\"a\",1}", .expectedColon, at: 4, "/a"), Refusal("{\"a\" 1}", .expectedColon, at: 5, "/a"),
    Refusal("{\"a\"::1}", .expectedValue, at: 5, "/a"), Refusal("{\"a\":}", .expectedValue, at: 5, "/a"),
    Refusal("{\"a\":1 \"b\":2}", .expectedCommaOrEnd, at: 7), Refusal("{\"a\":1]", .expectedCommaOrEnd, at: 6),
    Refusal("{\"a\":1:2}", .expectedCommaOrEnd, at: 6), Refusal("{\"a\":1;}", .expectedCommaOrEnd, at: 6),
    Refusal("{}{}", .trailingContent, at: 2), Refusal("{} x", .trailingContent, at: 3),
    Refusal("[]]", .trailingContent, at: 2), Refusal("{}}", .trailingContent, at: 2),
    Refusal("1 2", .trailingContent, at: 2),
    Refusal("1,", .trailingContent, at: 1), Refusal("\"a\"\"b\"", .trailingContent, at: 3),
    Refusal("true\0", .trailingContent, at: 4), Refusal("null//", .trailingContent, at: 4),
    Refusal("[1,/**/2]", .expectedValue, at: 3, "/1"), Refusal("[1]#", .trailingContent, at: 3),
    Refusal("\0", .expectedValue, at: 0), Refusal("[\0]", .expectedValue, at: 1, "/0"),
    Refusal("[1\0]", .expectedCommaOrEnd, at: 2), Refusal("[1\u{C}]", .expectedCommaOrEnd, at: 2),
    Refusal("[\u{B}1]", .expectedValue, at: 1, "/0"), Refusal("[1\u{1A}2]", .expectedCommaOrEnd, at: 2),
    Refusal("[\u{A0}1]", .expectedValue, at: 1, "/0"), Refusal("[\u{2060}]", .expectedValue, at: 1, "/0"),
    Refusal("['a']", .expectedValue, at: 1, "/0"), Refusal("[`a`]", .expectedValue, at: 1, "/0"),
    Refusal("*", .expectedValue, at: 0), Refusal("<null>", .expectedValue, at: 0),
    Refusal("{\"a/b~c\":[1,{\"\":x}]}", .expectedValue, at: 16, "/a~1b~0c/1/"),
  ]

  static let words = [
    "tru", "true1", "truee", "True", "TRUE", "fals", "falsey", "nul", "nulll", "nil", "none", "t", "f", "n", "nan",
  ].map { Refusal($0, $0.first.map { "tfn".contains($0) } == true ? .invalidLiteral : .expectedValue, at: 0) }

  static let numbers = [
    Refusal("01", .invalidNumber, at: 1), Refusal("-01", .invalidNumber, at: 2), Refusal("00", .invalidNumber, at: 1),
    Refusal("-", .invalidNumber, at: 1), Refusal("--1", .invalidNumber, at: 1), Refusal("-a", .invalidNumber, at: 1),
    Refusal("1.", .invalidNumber, at: 2), Refusal("-1.", .invalidNumber, at: 3), Refusal("1.e5", .invalidNumber, at: 2),
    Refusal("1.2.3", .invalidNumber, at: 3), Refusal("1..2", .invalidNumber, at: 2),
    Refusal("1e", .invalidNumber, at: 2),
    Refusal("1e+", .invalidNumber, at: 3), Refusal("1E-", .invalidNumber, at: 3),
    Refusal("1e5.0", .invalidNumber, at: 3),
    Refusal("1e5e5", .invalidNumber, at: 3), Refusal("1ee5", .invalidNumber, at: 2),
    Refusal("1e+-5", .invalidNumber, at: 3),
    Refusal("1a", .invalidNumber, at: 1), Refusal("1_000", .trailingContent, at: 1),
    Refusal("0x1F", .invalidNumber, at: 1),
    Refusal("0b1", .invalidNumber, at: 1), Refusal("1-2", .invalidNumber, at: 1), Refusal("1+2", .invalidNumber, at: 1),
    Refusal("0e", .invalidNumber, at: 2), Refusal("-e5", .invalidNumber, at: 1), Refusal("-.5", .invalidNumber, at: 1),
    Refusal("[1.]", .invalidNumber, at: 3, "/0"), Refusal("{\"a\":[0,012]}", .invalidNumber, at: 9, "/a/1"),
    Refusal("+1", .expectedValue, at: 0), Refusal(".5", .expectedValue, at: 0), Refusal("NaN", .expectedValue, at: 0),
    Refusal("Infinity", .expectedValue, at: 0), Refusal("-Infinity", .invalidNumber, at: 1),
    Refusal("-NaN", .invalidNumber, at: 1),
    Refusal("１", .expectedValue, at: 0), Refusal("1e１", .invalidNumber, at: 2),
    Refusal("1,000", .trailingContent, at: 1),
  ]

  static let strings = [
    Refusal("\"", .unterminatedString, at: 0), Refusal("\"abc", .unterminatedString, at: 0),
    Refusal("[\"abc]", .unterminatedString, at: 1, "/0"), Refusal("\"abc\\\"", .unterminatedString, at: 0),
    Refusal("\"\\", .unterminatedString, at: 0), Refusal("{\"a", .unterminatedString, at: 1),
    Refusal("\"\\a\"", .invalidEscape, at: 1), Refusal("\"\\0\"", .invalidEscape, at: 1),
    Refusal("\"\\x41\"", .invalidEscape, at: 1),
    Refusal("\"\\'\"", .invalidEscape, at: 1), Refusal("\"\\ \"", .invalidEscape, at: 1),
    Refusal("\"\\N\"", .invalidEscape, at: 1),
    Refusal("\"\\U0041\"", .invalidEscape, at: 1), Refusal("\"\\u\"", .invalidEscape, at: 1),
    Refusal("\"\\u004\"", .invalidEscape, at: 1),
    Refusal("\"\\u00G1\"", .invalidEscape, at: 1), Refusal("\"\\u+041\"", .invalidEscape, at: 1),
    Refusal("\"\\u 041\"", .invalidEscape, at: 1),
    Refusal("\"\\u{41}\"", .invalidEscape, at: 1), Refusal("\"\\u00", .invalidEscape, at: 1),
    Refusal("\"\\é\"", .invalidEscape, at: 1),
    Refusal("\"\\\n\"", .invalidEscape, at: 1), Refusal("{\"\\q\":1}", .invalidEscape, at: 2),
    Refusal("\"a\\\u{0}\"", .invalidEscape, at: 2),
    Refusal("\"\\ud800\"", .loneSurrogate, at: 1), Refusal("\"\\udc00\"", .loneSurrogate, at: 1),
    Refusal("\"\\uDFFF\"", .loneSurrogate, at: 1),
    Refusal("\"\\ud800a\"", .loneSurrogate, at: 1), Refusal("\"\\ud800\\n\"", .loneSurrogate, at: 1),
    Refusal("\"\\ud800\\u0041\"", .loneSurrogate, at: 1), Refusal("\"\\ud800\\ud800\"", .loneSurrogate, at: 1),
    Refusal("\"\\udc00\\ud800\"", .loneSurrogate, at: 1), Refusal("\"\\ud800\\udb\"", .invalidEscape, at: 7),
    Refusal("\"\\ud83d\\ude00\\ude00\"", .loneSurrogate, at: 13), Refusal("\"\\ud800", .loneSurrogate, at: 1),
    Refusal("\"\\ufffe\"", .noncharacter, at: 1), Refusal("\"\\uFFFF\"", .noncharacter, at: 1),
    Refusal("\"\\ufdd0\"", .noncharacter, at: 1),
    Refusal("\"\\uFDEF\"", .noncharacter, at: 1), Refusal("\"\\uD83F\\uDFFE\"", .noncharacter, at: 1),
  ]

  static let bytes =
    (UInt8(0)..<0x20).map { Refusal(inString: [0x61, $0], .controlCharacter, at: 1) }
    + [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
      [0xE2, 0x82],
      [0xE2, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80], [0xEF, 0xBF],
      [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F], [0xF0],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ].map { Refusal(inString: $0, .invalidUTF8) }
    + [
      [0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBF], [0xEF, 0xB7, 0x90], [0xEF, 0xB7, 0xAF], [0xF0, 0x9F, 0xBF, 0xBE],
      [0xF4, 0x8F, 0xBF, 0xBF],
    ].map { Refusal(inString: [0xC3, 0xA9] + $0, .noncharacter, at: 2) }
    + [
      Refusal([0x5B, 0x22, 0xC3, 0xA9, 0xC3, 0x22, 0x5D], .invalidUTF8, at: 4, "/0"),
      Refusal([0x5B, 0xFF, 0x5D], .expectedValue, at: 1, "/0"),
      Refusal([0x22, 0xC3], .invalidUTF8, at: 1),
      Refusal([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], .invalidUTF8, at: 2),
      // The fault that comes first counts, whichever check would find it.
      Refusal([0x5B, 0x2C, 0x22, 0xFF, 0x22, 0x5D], .expectedValue, at: 1, "/0"),
    ]

  static let duplicates = [
    Refusal("{\"a\":1,\"a\":1}", .duplicateName, at: 7, "/a"), Refusal("{\"\":1,\"\":2}", .duplicateName, at: 6, "/"),
    Refusal("{\"a\":1,\"\\u0061\":2}", .duplicateName, at: 7, "/a"),
    Refusal("{\"\\u0061\":1,\"a\":2}", .duplicateName, at: 12, "/a"),
    Refusal("{\"\\/\":1,\"/\":2}", .duplicateName, at: 8, "/~1"),
    Refusal("{\"é\":1,\"\\u00e9\":2}", .duplicateName, at: 8, "/é"),
    Refusal("{\"😀\":1,\"\\ud83d\\ude00\":2}", .duplicateName, at: 10, "/😀"),
    Refusal("{\"a\":{\"a\":1,\"b\":[],\"a\":{}}}", .duplicateName, at: 19, "/a/a"),
    Refusal("[0,{\"b\":{\"a\":1},\"a\":1,\"b\":1}]", .duplicateName, at: 22, "/1/b"),
    Refusal("{\"123456789\":1,\"12345678\":1,\"123456789\":1}", .duplicateName, at: 28, "/123456789"),
    Refusal("{\"a\":1,\"b\":1,\"b\":1,\"a\":1}", .duplicateName, at: 13, "/b"),
  ]

  static func check(_ refusal: Refusal) {
    let error = #expect(throws: JSONError.self) { try JSONParser().parse(refusal.bytes) }
    #expect(error?.code == refusal.code)
    #expect(error?.offset == refusal.offset)
    #expect(error?.pointer.text == refusal.pointer)
  }

  @Test(arguments: structures) func broken_structure_is_refused(refusal: Refusal) { Self.check(refusal) }
  @Test(arguments: words) func unknown_word_is_refused(refusal: Refusal) { Self.check(refusal) }
  @Test(arguments: numbers) func malformed_number_is_refused(refusal: Refusal) { Self.check(refusal) }
  @Test(arguments: strings) func malformed_string_is_refused(refusal: Refusal) { Self.check(refusal) }
  @Test(arguments: bytes) func bytes_that_are_no_text_are_refused(refusal: Refusal) { Self.check(refusal) }
  @Test(arguments: duplicates) func repeated_name_is_refused(refusal: Refusal) { Self.check(refusal) }

  @Test(arguments: [2, 24, 25, 26, 1000]) func repeated_name_is_found_among_many(count: Int) {
    let parser = JSONParser()
    let names = (0..<count).map { "same-prefix-\($0)" }
    func document(_ names: [String]) -> [UInt8] {
      Array(("{" + names.map { "\"\($0)\":{\"x\":0}" }.joined(separator: ",") + "}").utf8)
    }
    #expect(throws: Never.self) { try parser.parse(document(names)) }
    for position in [0, count / 2, count - 1] {
      let error = #expect(throws: JSONError.self) { try parser.parse(document(names + [names[position]])) }
      #expect(error?.code == .duplicateName)
      #expect(error?.pointer.text == "/" + names[position])
      #expect(error?.offset == document(names).count)
    }
  }

  @Test func error_says_what_where_and_at_which_byte() {
    let error = #expect(throws: JSONError.self) { try JSONParser().parse(Array("{\"data\":[1.]}".utf8)) }
    #expect(error?.description.hasSuffix("(byte 11 at /data/0)") == true)
    #expect(error?.description.hasPrefix("A number is written like -12.5e3") == true)
  }

  @Test func a_parser_works_on_after_a_refusal() throws {
    let parser = JSONParser()
    for _ in 0..<3 {
      #expect(throws: JSONError.self) { try parser.parse(Array("{\"a\":{\"a\":".utf8)) }
      #expect(try parser.parse(Array("{\"a\":1}".utf8)).root["a"]?.int == 1)
    }
  }
}
