import TestSupport
import Testing

@testable import LineProtocol

@Suite struct RequestTests {
  private static func request(_ line: String) throws(ProtocolError) -> Request {
    try Request(parsing: Array(line.utf8))
  }

  @Test(arguments: GoodRequests.simple)
  func a_well_formed_line_is_understood(line: String, expected: Request) throws {
    #expect(try Self.request(line) == expected)
  }

  @Test(arguments: GoodRequests.replays)
  func a_replay_is_understood(line: String, expected: ReplayRequest) throws {
    #expect(try Self.request(line) == .replay(expected))
  }

  @Test(arguments: GoodRequests.queries)
  func a_query_is_understood(line: String, expected: QueryRequest) throws {
    #expect(try Self.request(line) == .query(expected))
  }

  @Test(arguments: GoodRequests.explanations)
  func an_explanation_is_understood(line: String, expected: ExplainRequest) throws {
    #expect(try Self.request(line) == .explain(expected))
  }

  @Test(arguments: GoodRequests.differences)
  func a_difference_is_understood(line: String, expected: DiffRequest) throws {
    #expect(try Self.request(line) == .diff(expected))
  }

  @Test(arguments: GoodRequests.proofs)
  func a_proof_or_a_copy_is_understood(line: String, expected: Request) throws {
    #expect(try Self.request(line) == expected)
  }

  @Test(arguments: GoodRequests.appends)
  func an_append_tells_where_its_body_stands(
    line: String, ifHead: UInt64?, ifSubject: UInt64?, body: String, isBatch: Bool
  ) throws {
    let before = Array("PING\n".utf8)
    let bytes = before + Array(line.utf8) + Array("\n{}".utf8)
    let parsed = try Request(parsing: bytes, in: before.count..<bytes.count - 3)
    guard case .append(let append) = parsed else {
      Issue.record("\(line) is an append")
      return
    }
    #expect(append.ifHead == ifHead)
    #expect(append.ifSubject == ifSubject)
    #expect(String(decoding: bytes[append.body], as: UTF8.self) == body)
    #expect(append.isBatch == isBatch)
  }

  @Test(arguments: BadRequests.lines)
  func a_malformed_line_is_refused_with_the_place(line: String, code: ErrorCode, fragment: String) {
    let error = #expect(throws: ProtocolError.self) { try Self.request(line) }
    #expect(error?.code == code)
    #expect(error?.message.contains(fragment) == true, "\(error?.message ?? "")")
  }

  @Test(
    arguments: [
      ([0x80], "At byte 8"), ([0xC0, 0x80], "valid UTF-8"), ([0xED, 0xA0, 0x80], "valid UTF-8"),
      ([0x22, 0xFF, 0x22], "valid UTF-8"), ([0x22, 0x5C, 0x6E, 0xFF, 0x22], "valid UTF-8"),
    ] as [([UInt8], String)])
  func a_value_that_is_not_utf8_is_refused(value: [UInt8], fragment: String) {
    let error = #expect(throws: ProtocolError.self) { try Request(parsing: Array("GET  id=".utf8) + value) }
    #expect(error?.code == .badRequest)
    #expect(error?.message.contains(fragment) == true, "\(error?.message ?? "")")
  }

  @Test func a_verb_or_word_that_is_not_utf8_is_refused() {
    for line in [[0xFF], Array("HELP ".utf8) + [0xFF]] as [[UInt8]] {
      let error = #expect(throws: ProtocolError.self) { try Request(parsing: line) }
      #expect(error?.code == .badRequest)
    }
  }

  @Test func an_unknown_argument_lists_the_known_ones() {
    let error = #expect(throws: ProtocolError.self) { try Self.request("REPLAY form=1") }
    #expect(
      error?.members == [
        ReplyMember("argument", .text("form")), ReplyMember("suggestion", .text("from")),
        ReplyMember("known", .texts(["from", "to", "type", "subject", "follow"])),
      ])
  }

  @Test func arguments_and_lists_over_their_limits_are_refused() throws {
    let arguments = (0..<LineLimits.mostArguments).map { "a\($0)=1" }.joined(separator: " ")
    _ = try Self.request("QUERY m " + arguments)
    #expect(throws: ProtocolError.self) { try Self.request("QUERY m \(arguments) b=1") }
    let list = Array(repeating: "x", count: LineLimits.mostListItems).joined(separator: ",")
    _ = try Self.request("QUERY m a=" + list)
    #expect(throws: ProtocolError.self) { try Self.request("QUERY m a=\(list),x") }
  }

  @Test func a_message_repeats_only_the_beginning_of_a_long_text() {
    let error = #expect(throws: ProtocolError.self) { try Self.request(String(repeating: "x", count: 100_000)) }
    #expect(error.map { $0.message.utf8.count < 400 } == true)
  }

  @Test(arguments: BadRequests.dateTimes)
  func the_form_of_a_date_time_is_checked(text: String, isValid: Bool) {
    #expect(DateTimeSyntax.isValid(text) == isValid)
  }

  @Test func random_bytes_never_crash_and_never_pass_for_a_request_with_another_verb() {
    var random = SeededGenerator()
    let pieces = ["QUERY m ", "APPEND ", "GET ", "=", ",", "\"", "\\u", "\\", "{", "[", " ", "as-of", "id", "٣", "7"]
    for _ in 0..<20_000 {
      var line = Array(Verb.allCases.randomElement(using: &random)!.rawValue.utf8)
      let name = line
      line.append(UInt8(ascii: " "))
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        if Bool.random(using: &random) {
          line.append(contentsOf: pieces.randomElement(using: &random)!.utf8)
        } else {
          line.append(UInt8.random(in: 0...255, using: &random))
        }
      }
      guard let request = try? Request(parsing: line) else { continue }
      #expect(Array(request.verb.rawValue.utf8) == name)
    }
  }
}
