import TestSupport
import Testing

@testable import AnnalsServer

@Suite struct HostileInputTests {
  /// What is sent, and the codes of the replies that follow.
  struct Attack: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let codes: [String]
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ codes: [String]) {
      self.name = name
      self.bytes = bytes + Array("\n".utf8)
      self.codes = codes
    }

    init(_ name: String, _ text: String, _ codes: [String]) { self.init(name, Array(text.utf8), codes) }
  }

  private static let nested = String(repeating: "[", count: 100_000)
  private static let long = String(repeating: "x", count: 100_000)
  private static let arabic = String(repeating: "ش", count: 5_000)
  private static let event = TestDaemon.event("a")

  static let attacks = [
    Attack("unfinished object", "APPEND {", ["invalid_json"]), Attack("unfinished array", "APPEND [", ["invalid_json"]),
    Attack("two values", "APPEND \(event) \(event)", ["invalid_json"]),
    Attack("deep nesting", "APPEND \(nested)", ["invalid_json"]),
    Attack("deep nesting within", "APPEND {\"data\":\(nested)", ["invalid_json"]),
    Attack("numbers for strings", #"APPEND {"source":1,"id":2,"type":3,"data":4}"#, ["invalid_event"]),
    Attack("null for an event", "APPEND [null]", ["invalid_event"]),
    Attack("event of nothing", "APPEND {}", ["invalid_event"]),
    Attack(
      "set by the client", event.attack { $0.replacing("{\"source\"", with: "{\"position\":9,\"source\"") },
      ["invalid_event"]),
    Attack("a huge number", "APPEND {\"source\":1e999999999}", ["invalid_event"]),
    Attack("a lone surrogate", #"APPEND {"source":"\ud800"}"#, ["invalid_json"]),
    Attack("a NUL in a string", Array("APPEND {\"source\":\"a\0b\"}".utf8), ["invalid_json"]),
    Attack("an escaped NUL", #"GET source="a\u0000b" id=c"#, ["not_found"]),
    Attack("NULs", [UInt8](repeating: 0, count: 5_000), ["unknown_verb"]),
    Attack("a verb and a NUL", Array("PING\0".utf8), ["unknown_verb"]),
    Attack("invalid UTF-8 in a verb", [0xC3, 0x28, 0xFF, 0xFE], ["bad_request"]),
    Attack(
      "invalid UTF-8 in an argument", Array("GET source=".utf8) + [0xED, 0xA0, 0x80] + Array(" id=a".utf8),
      ["bad_request"]),
    Attack(
      "invalid UTF-8 in a body", Array("APPEND {\"source\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8),
      ["invalid_json"]),
    Attack("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("PING".utf8), ["unknown_verb"]),
    Attack("empty lines", String(repeating: "\n\r\n", count: 5_000), []),
    Attack("blanks", String(repeating: " \n\t\n", count: 10), [String](repeating: "bad_request", count: 20)),
    Attack("CRLF", "PING\r\nPING\r", ["ok", "ok"]), Attack("a CR within", "PI\rNG", ["unknown_verb"]),
    Attack("a request of HTTP", "GET / HTTP/1.1\r\nHost: localhost\r\n\r", ["bad_request", "unknown_verb"]),
    Attack("a long verb", long, ["unknown_verb"]),
    Attack("a long argument name", "PING \(long)=1", ["unknown_argument"]),
    Attack("a long view", "QUERY \(long)", ["unknown_view"]),
    Attack("a long id", "GET source=\(long) id=\(arabic)", ["not_found"]),
    Attack("a long subject", "REPLAY subject=\(long)", ["ok"]), Attack("a long type", "REPLAY type=\(long)*", ["ok"]),
    Attack("a long key", "EXPLAIN meetings key=\(long)", ["not_found"]),
    Attack("a key with NULs", #"EXPLAIN meetings key="\#(String(repeating: "\\u0000", count: 600))""#, ["not_found"]),
    Attack("long parties", "QUERY meetings between=\(long),\(arabic)", ["ok"]),
    Attack("a long cursor", "QUERY meetings cursor=\(String(repeating: "00", count: 50_000))", ["ok"]),
    Attack(
      "a cursor of the far future", "QUERY meetings cursor=\(String(repeating: "ff", count: 40))", ["too_far_ahead"]),
    Attack(
      "many list items", "QUERY meetings with=\(Array(repeating: "a", count: 2_000).joined(separator: ","))",
      ["bad_request"]),
    Attack("many arguments", "QUERY meetings \((0..<200).map { "a\($0)=1" }.joined(separator: " "))", ["bad_request"]),
    Attack("dates at the edge", "QUERY timeline from=-9999 to=9999 at=9999-12-31", ["ok"]),
    Attack("years beyond days", "QUERY timeline from=Y-99999999999 to=Y99999999999", ["ok"]),
    Attack("an open range", "QUERY timeline from=\"../..\"", ["ok"]),
    Attack(
      "a time that never ends", "QUERY timeline as-of=2026-02-04T10:00:00.\(String(repeating: "9", count: 9_999))Z",
      ["ok"]),
    Attack("a leap day that is none", "QUERY timeline at=2025-02-29", ["bad_request"]),
  ]

  @Test(arguments: attacks)
  func bad_input_is_answered_by_its_code_and_harms_nobody(attack: Attack) async throws {
    try await TestDaemon.run { daemon in
      try daemon.append([TestDaemon.event("first")])
      let client = try daemon.connect()
      try client.send(attack.bytes + Array("PING\n".utf8))
      for code in attack.codes {
        let reply = try #require(try client.reply())
        #expect((reply.code ?? "ok") == code, "\(reply.statusLine.prefix(300))")
        #expect(reply.statusLine.utf8.count < 4_096)
      }
      #expect(try client.reply()?.text("version") != nil)
      try daemon.expectService()
    }
  }

  @Test(arguments: [false, true])
  func a_line_over_the_limit_is_refused_before_its_end_and_the_connection_closed(ends: Bool) async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      let line = [UInt8](repeating: UInt8(ascii: "x"), count: 2 << 20) + Array((ends ? "\nPING\n" : "").utf8)
      try client.send(Array("PING\nAPPEND \(Self.event)\n".utf8) + line)
      #expect(try client.reply()?.code == nil)
      #expect(try client.reply()?.positions == [1])
      #expect(try client.reply()?.code == "line_too_long")
      #expect(try client.line() == nil)
      try daemon.expectService()
    }
  }

  @Test func a_line_of_just_the_limit_is_served() async throws {
    try await TestDaemon.run { configuration in
      configuration.lineBytes = 1_000
    } _: { daemon in
      let client = try daemon.connect()
      let most = Self.event + String(repeating: " ", count: 1_000 - Self.event.utf8.count - "APPEND ".utf8.count)
      #expect(try client.ask("APPEND \(most)").positions == [1])
      #expect(try client.ask("APPEND \(most) ").code == "line_too_long")
    }
  }

  @Test func noise_is_refused_line_by_line() async throws {
    var random = SeededGenerator("noise")
    try await TestDaemon.run { daemon in
      for _ in 0..<20 {
        let client = try daemon.connect()
        let noise = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let lines = noise.split(separator: UInt8(ascii: "\n")).filter { $0 != [UInt8(ascii: "\r")] }
        try client.send(noise + Array("\nPING\n".utf8))
        for _ in lines { #expect(try client.reply()?.code != nil) }
        #expect(try client.reply()?.text("version") != nil)
      }
      try daemon.expectService()
    }
  }

  @Test func valid_requests_with_a_few_bytes_changed_are_always_answered() async throws {
    var random = SeededGenerator("mutation")
    let requests =
      try TestDaemon.sampleRecord().map { "APPEND \($0)" } + [
        #"QUERY meetings between="بوتين","شي جين بينغ" from=2026 order=desc limit=1"#,
        "REPLAY from=1 to=5 type=claim.*",
        "EXPLAIN treaties key=new-start as-of=7", "GET source=desk id=7", "HELP query", "VIEWS",
      ]
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      for _ in 0..<2_000 {
        var line = Array(try #require(requests.randomElement(using: &random)).utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<line.count, using: &random)
          line[place] = UInt8.random(in: 0x20...0xFF, using: &random)
        }
        try client.send(line + Array("\nPING\n".utf8))
        let reply = try #require(try client.reply())
        #expect(reply.code != "internal", "\(String(decoding: line, as: UTF8.self)): \(reply.statusLine)")
        #expect(try client.reply()?.text("version") != nil)
      }
      try daemon.expectService()
    }
  }
}

extension String {
  /// An append of the event changed in some way.
  fileprivate func attack(_ change: (String) -> String) -> String { "APPEND \(change(self))" }
}
