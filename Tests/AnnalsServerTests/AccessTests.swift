import Foundation
import Glibc
import TestSupport
import Testing

@testable import AnnalsServer

/// What the daemon refuses to whom. The tests' own user has the right that the list gives it, and no other.
@Suite struct AccessTests {
  private static func list(_ right: AccessRight?) -> AccessList {
    var list = AccessList(masters: [])
    if let right { list.allow(.user(geteuid()), right) }
    return list
  }

  @Test(
    arguments: [
      (.query, ["APPEND", "BACKUP"]), (.append, ["BACKUP"]), (.administer, []),
    ] as [(AccessRight, [String])])
  func a_verb_beyond_the_right_is_forbidden_and_the_connection_lives_on(right: AccessRight, beyond: [String])
    async throws
  {
    try await TestDaemon.run {
      $0.access = Self.list(right)
    } _: { daemon in
      let client = try daemon.connect()
      let backup = daemon.folder.file("copy")
      for line in [
        "PING", "HELP", "APPEND \(TestDaemon.event("a"))", "GET position=9", "REPLAY", "VIEWS", "QUERY entities",
        "EXPLAIN entities key=none", "DIFF entities from=0 to=0", "CHECKPOINT", "PROVE position=9",
        "BACKUP path=\(backup)", "STATUS", "METRICS", "append \(TestDaemon.event("b"))",
      ] {
        let verb = line.prefix { $0 != " " }.uppercased()
        let reply = try client.ask(line)
        #expect((reply.code == "forbidden") == beyond.contains(verb), "\(line)")
        guard beyond.contains(verb) else { continue }
        let message = try #require(reply.text("message"))
        #expect(message.contains(verb == "APPEND" ? "append" : "administer") && message.contains(" \(right)"))
        #expect(message.contains(NSUserName()))
      }
      #expect(FileManager.default.fileExists(atPath: backup) == !beyond.contains("BACKUP"))
      #expect(daemon.store.log.head == (beyond.contains("APPEND") ? 0 : 2))
      #expect(try client.ask("QUIT").code == nil)
    }
  }

  @Test func a_refusal_among_pipelined_requests_keeps_its_place() async throws {
    try await TestDaemon.run {
      $0.access = Self.list(.append)
    } _: { daemon in
      let client = try daemon.connect()
      try client.send("APPEND \(TestDaemon.event("a"))\nBACKUP path=/nowhere\nAPPEND \(TestDaemon.event("b"))\nQUIT\n")
      #expect(try client.remainingReplies().map(\.code) == [nil, "forbidden", nil, nil])
    }
  }

  @Test func a_peer_without_any_right_is_told_once_and_closed() async throws {
    try await TestDaemon.run {
      $0.access = Self.list(nil)
    } _: { daemon in
      for _ in 0..<3 {
        let client = try daemon.connect()
        _ = try? client.send("PING\nAPPEND \(TestDaemon.event("a"))\n")
        let replies = try client.remainingReplies()
        #expect(replies.map(\.code) == ["forbidden"])
        #expect(replies[0].text("message")?.contains(NSUserName()) == true)
      }
      #expect(daemon.store.log.head == 0)
    }
  }

  @Test func the_socket_is_opened_to_those_whom_the_list_names() async throws {
    for (group, mode) in [(nil, 0o666), (getegid(), 0o660)] as [(UInt32?, Int)] {
      try await TestDaemon.run { configuration in
        configuration.access = Self.list(.query)
        configuration.socketGroup = group
      } _: { daemon in
        let attributes = try FileManager.default.attributesOfItem(atPath: daemon.socket)
        #expect(attributes[.posixPermissions] as? Int == mode)
        #expect(attributes[.groupOwnerAccountID] as? UInt32 == getegid())
      }
    }
  }
}
