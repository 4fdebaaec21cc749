import JSON
import Presentation
import TestSupport
import Testing

struct SafeJSONTests {
  @Test func jsonIsIndentedAndNumbersStayAsWritten() throws {
    let value = try json(#"{"a":[1.50,{"b":null}],"c":{},"d":[],"e":"شي"}"#)
    #expect(
      SafeJSON.pretty(value) == """
        {
          "a": [
            1.50,
            {
              "b": null
            }
          ],
          "c": {},
          "d": [],
          "e": "شي"
        }
        """)
  }

  @Test(arguments: [
    ("a\u{202E}b", #""a\u202eb""#), ("\u{9B}", #""\u009b""#), ("\u{7F}", #""\u007f""#),
    ("\u{E0041}", #""\udb40\udc41""#), ("\u{1B}", #""\u001b""#), ("é\"", #""é\"""#),
  ])
  func hazardousCharactersAreEscaped(text: String, json: String) {
    #expect(SafeJSON.string(text).lowercased() == json.lowercased())
  }

  @Test func prettyTextSaysTheSame() throws {
    var random = SeededGenerator()
    for _ in 0..<200 {
      var writer = JSONWriter()
      writer.beginObject()
      writer.key("key \(RandomText.text(using: &random))")
      writer.beginArray()
      for _ in 0..<3 { writer.string(RandomText.text(using: &random)) }
      writer.endArray()
      writer.endObject()
      let value = try JSONParser().parse(writer.bytes).root
      let pretty = SafeJSON.pretty(value)
      #expect(try json(pretty).isSameContent(as: value), "seed \(random.seed)")
      #expect(!pretty.unicodeScalars.contains { $0 != "\n" && VisibleText.isHazardous($0) }, "seed \(random.seed)")
    }
  }
}

struct LogLineTests {
  private func line(_ message: String, _ metadata: [(name: String, value: String)] = []) -> LogLine {
    LogLine(
      time: "2026-02-04T10:00:00.000Z", level: "info", label: "annals", message: message, metadata: metadata)
  }

  @Test func forPeopleNamesAndValuesFollowTheMessage() {
    let metadata = [
      (name: "socket", value: "/run/a.sock"), (name: "peer", value: "ana lyst"), (name: "empty", value: ""),
    ]
    #expect(
      line("listening", metadata).text(.text)
        == #"2026-02-04T10:00:00.000Z info annals: listening socket=/run/a.sock peer="ana lyst" empty="""#)
  }

  @Test func forProgramsTheEntryIsOneObject() {
    #expect(
      line("listening", [(name: "peer", value: "a\"b"), (name: "level", value: "forged")]).text(.json)
        == #"{"time":"2026-02-04T10:00:00.000Z","level":"info","logger":"annals","message":"listening","peer":"a\"b"}"#)
  }

  @Test(arguments: LogLine.Format.allCases)
  func nothingLoggedBreaksTheLineOrActsOnATerminal(format: LogLine.Format) {
    var random = SeededGenerator()
    for _ in 0..<200 {
      let metadata = [
        (name: "n", value: RandomText.text(using: &random)), (name: RandomText.text(using: &random), value: ""),
      ]
      let text = line(RandomText.text(using: &random), metadata).text(format)
      #expect(!text.unicodeScalars.contains(where: VisibleText.isHazardous), "seed \(random.seed): \(text)")
    }
  }
}
