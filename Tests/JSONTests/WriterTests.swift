import Testing

@testable import JSON

@Suite struct WriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func commas_and_colons_come_by_themselves() {
    let text = written { writer in
      writer.beginObject()
      writer.key("a")
      writer.beginArray()
      writer.int(1)
      writer.beginObject()
      writer.endObject()
      writer.beginArray()
      writer.endArray()
      writer.null()
      writer.endArray()
      writer.key("b")
      writer.bool(true)
      writer.key("c")
      writer.raw(Array("[1,2]".utf8))
      writer.key("d")
      writer.string("x")
      writer.endObject()
    }
    #expect(text == #"{"a":[1,{},[],null],"b":true,"c":[1,2],"d":"x"}"#)
  }

  @Test(arguments: [
    ("", #""""#), ("abc", #""abc""#), ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#),
    ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
    ("\0", #""\u0000""#), ("\u{1B}", #""\u001b""#), ("\u{1F}", #""\u001f""#), ("\u{7F}", "\"\u{7F}\""),
    ("é习😀", #""é习😀""#),
    ("a\nb", #""a\nb""#), ("\n", #""\n""#), ("a\n", #""a\n""#), ("\na", #""\na""#), ("\u{2028}", "\"\u{2028}\""),
  ])
  func strings_are_escaped_as_little_and_as_shortly_as_possible(text: String, expected: String) throws {
    #expect(written { $0.string(text) } == expected)
    #expect(written { $0.string(utf8: Array(text.utf8).span) } == expected)
    #expect(try JSONParser().parse(Array(expected.utf8)).root.equals(text))
    let object = written { writer in
      writer.beginObject()
      writer.key(text)
      writer.int(0)
      writer.endObject()
    }
    #expect(object == "{\(expected):0}")
  }

  @Test func integers_are_written_to_the_ends_of_their_types() {
    let text = written { writer in
      writer.beginArray()
      writer.int(0)
      writer.int(-1)
      writer.int(10)
      writer.int(Int64.max)
      writer.int(Int64.min)
      writer.int(UInt64.max)
      writer.int(UInt8(200))
      writer.int(Int8.min)
      writer.endArray()
    }
    #expect(text == "[0,-1,10,9223372036854775807,-9223372036854775808,18446744073709551615,200,-128]")
  }

  @Test func decimals_and_parsed_values_are_written_as_they_were() throws {
    let number = try #require(ExactDecimal("107.0"))
    let value = try JSONParser().parse(Array(#" { "a" : [ 1.00 , "\u0041 b" ] } "#.utf8)).root
    let text = written { writer in
      writer.beginArray()
      writer.decimal(number)
      writer.value(value)
      writer.raw(Array("1E5".utf8).span)
      writer.bool(false)
      writer.endArray()
    }
    #expect(text == #"[107.0,{"a":[1.00,"\u0041 b"]},1E5,false]"#)
  }

  @Test func lines_follow_each_other_and_reset_begins_anew() {
    var writer = JSONWriter(appendingTo: Array("# ".utf8))
    writer.beginObject()
    #expect(!writer.isComplete)
    writer.endObject()
    writer.endLine()
    writer.int(1)
    writer.endLine()
    #expect(writer.isComplete)
    #expect(writer.bytes == Array("# {}\n1\n".utf8))
    writer.reset()
    writer.beginArray()
    writer.reset(keepingCapacity: false)
    writer.null()
    #expect(writer.bytes == Array("null".utf8))
  }

  @Test func misuse_stops_the_process() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.int(1)
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.key("a")
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.endObject()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.int(1)
      writer.int(2)
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      for _ in 0...JSONLimits.maximumDepth { writer.beginArray() }
    }
  }
}
