import Glibc
import TestSupport
import Testing

@testable import AnnalsServer

@Suite struct AccessListTests {
  private static let nobody: Set<UInt32> = []

  @Test func without_entries_only_the_owner_and_root_have_rights() {
    let list = AccessList()
    #expect(list.right(of: geteuid()) == .administer)
    #expect(list.right(of: 0) == .administer)
    #expect(list.right(of: geteuid() + 1_000) == nil)
    #expect(!list.namesOthers)
  }

  @Test(
    arguments: [
      ("", nil), ("# allow user uid:7 append\n\n", nil), ("allow user uid:7 query", .query),
      ("allow user uid:7 append # for the desk\n", .append), ("\tallow  user\tuid:7  administer \n", .administer),
      ("allow user uid:8 append\n", nil), ("allow group gid:70 query\n", .query),
      ("allow group gid:71 append\n", .append),
      ("allow group gid:72 append\n", nil), ("allow user uid:70 append\n", nil), ("allow group gid:7 append\n", nil),
      ("allow user uid:7 append\nallow group gid:70 query\n", .append),
      ("allow group gid:70 administer\nallow user uid:7 query\n", .administer),
      ("allow user uid:7 append\nallow user uid:7 query\n", .append),
    ] as [(String, AccessRight?)])
  func a_user_has_the_greatest_right_of_its_own_and_of_its_groups(text: String, right: AccessRight?) throws {
    let list = try AccessList(parsing: text, file: "access", masters: Self.nobody)
    #expect(list.right(of: 7) { $0 == 7 ? [70, 71] : [] } == right)
  }

  @Test(arguments: [
    ("deny user uid:7 query", 1, "deny"), ("# a\n\nallow user uid:7 read\n", 3, "read"),
    ("allow uid:7 query", 1, "four"),
    ("allow user uid:7", 1, "four"), ("allow user uid:7 query append", 1, "four"),
    ("allow role uid:7 query", 1, "role"),
    ("allow user no-such-user-here query", 1, "no-such-user-here"), ("allow user uid:+7 query", 1, "uid:+7"),
    ("allow user uid: query", 1, "uid:"), ("allow user uid:4294967296 query", 1, "4294967296"),
    ("allow user gid:7 query", 1, "gid:7"), ("allow group uid:7 query", 1, "uid:7"),
    ("Allow user uid:7 query", 1, "Allow"),
    ("allow user uid:7 query\r\n", 1, "\\r"), ("allow user uid:7 query\nallow user uid:8 Query", 2, "Query"),
    ("allow user \u{1b}[2J query", 1, "\\u{1B}"),
  ])
  func a_word_that_is_not_understood_is_refused_with_its_place(text: String, line: Int, word: String) throws {
    let error = #expect(throws: AccessFileError.self) { try AccessList(parsing: text, file: "etc/access") }
    let described = try #require(error).description
    #expect(described.hasPrefix("etc/access:\(line): ") && described.contains(word))
  }

  @Test func names_are_those_of_the_system() throws {
    let list = try AccessList(
      parsing: "allow user root append\nallow group root query", file: "access", masters: Self.nobody)
    #expect(list.right(of: 0) { _ in [] } == .append)
    #expect(list.right(of: 9) { _ in [0] } == .query)
    // The primary group of root, as the system's own database has it.
    let byGroup = try AccessList(parsing: "allow group root query", file: "access", masters: Self.nobody)
    #expect(byGroup.right(of: 0) == .query)
    #expect(byGroup.right(of: 4_000_000_000) == nil)
  }

  @Test(
    arguments: [
      ("", nil, 0o600), ("", 0, 0o600), ("allow user uid:7 query", nil, 0o666), ("allow user uid:7 query", 0, 0o660),
    ]
      as [(String, UInt32?, UInt32)])
  func the_socket_is_open_as_far_as_someone_has_a_right(text: String, group: UInt32?, mode: UInt32) throws {
    var configuration = ServerConfiguration(dataFolder: "data", socket: "socket")
    configuration.access = try AccessList(parsing: text, file: "access")
    configuration.socketGroup = group
    #expect(configuration.socketMode == mode)
  }
}
