import TestSupport
import Testing

@testable import AnnalsServer

@Suite struct PipeliningTests {
  /// A request, and what tells that a reply is its own.
  private struct Exchange {
    let line: String
    let isAnsweredBy: (RawReply) -> Bool
  }

  @Test func mixed_requests_are_answered_in_their_order() async throws {
    var random = SeededGenerator("pipelining")
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      for _ in 0..<10 {
        let head = try client.ask("STATUS").number("head") ?? 0
        let exchanges = Self.exchanges(300, after: head, &random)
        try client.send(exchanges.map { $0.line + "\n" }.joined())
        for exchange in exchanges {
          let reply = try #require(try client.reply())
          #expect(exchange.isAnsweredBy(reply), "\(exchange.line) got \(reply.statusLine)")
        }
      }
    }
  }

  private static func exchanges(
    _ count: Int, after head: Int64, _ random: inout some RandomNumberGenerator
  ) -> [Exchange] {
    var head = head
    return (0..<count).map { _ in
      switch Int.random(in: 0..<9, using: &random) {
      case 0...3:
        head += 1
        let expected = [head]
        return Exchange(line: "APPEND \(TestDaemon.event("e\(head)"))") { $0.positions == expected }
      case 4: return Exchange(line: "PING") { $0.text("version") != nil }
      case 5: return Exchange(line: "nonsense") { $0.code == "unknown_verb" }
      case 6:
        let position = Int64.random(in: 1...head + 2, using: &random)
        let exists = position <= head
        return Exchange(line: "GET position=\(position)") {
          ($0.code == nil) == exists && $0.rows.count == (exists ? 1 : 0)
        }
      case 7:
        let expected = head
        return Exchange(line: "QUERY entities limit=1") { $0.number("position") == expected }
      default:
        let last = head
        let first = max(1, last - 3)
        return Exchange(line: "REPLAY from=\(first)") { $0.number("next") == max(last, first - 1) + 1 }
      }
    }
  }

  @Test func bytes_that_come_one_by_one_make_the_same_lines() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      for byte in Array("PING\r\nAPPEND \(TestDaemon.event("a", name: "بكين"))\n".utf8) { try client.send([byte]) }
      #expect(try client.reply()?.code == nil)
      #expect(try client.reply()?.positions == [1])
    }
  }

  @Test func a_client_that_ends_its_sending_still_gets_its_replies() async throws {
    try await TestDaemon.run { daemon in
      let client = try daemon.connect()
      try client.send("PING\nAPPEND \(TestDaemon.event("a"))\nQUERY entities\nno line end")
      client.closeSending()
      #expect(try client.reply()?.code == nil)
      #expect(try client.reply()?.positions == [1])
      #expect(try client.reply()?.rows.count == 1)
      #expect(try client.line() == nil)
    }
  }

  @Test func more_appends_than_may_wait_are_all_recorded() async throws {
    try await TestDaemon.run { configuration in
      configuration.appendsInFlight = 8
      configuration.unreadBytes = 4_096
    } _: { daemon in
      let client = try daemon.connect()
      try client.send((1...500).map { "APPEND \(TestDaemon.event("e\($0)"))\n" }.joined())
      for number in 1...500 { #expect(try client.reply()?.positions == [Int64(number)]) }
    }
  }
}
