import Testing

@testable import LineProtocol

@Suite struct StatusLineTests {
  private static func text(_ write: (inout [UInt8]) -> Void) -> String {
    var buffer: [UInt8] = []
    write(&buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  @Test func ok_carries_its_members_in_order() {
    #expect(Self.text { StatusLine.append(to: &$0) } == "{\"ok\":true}\n")
    let members = [
      ReplyMember("count", .number(300)), ReplyMember("at", .text("2026\n")), ReplyMember("known", .texts(["a", "b"])),
      ReplyMember("more", .bool(false)), ReplyMember("views", .json(Array("{}".utf8))),
    ]
    #expect(
      Self.text { StatusLine.append(members, to: &$0) }
        == #"{"ok":true,"count":300,"at":"2026\n","known":["a","b"],"more":false,"views":{}}"# + "\n")
  }

  @Test(
    arguments: [
      ([7], 7, 0, #"{"ok":true,"positions":[7],"head":7,"duplicates":0}"#),
      ([], 0, 0, #"{"ok":true,"positions":[],"head":0,"duplicates":0}"#),
      (
        [1, 10, UInt64.max], UInt64.max, 2,
        #"{"ok":true,"positions":[1,10,18446744073709551615],"head":18446744073709551615,"duplicates":2}"#
      ),
    ] as [([UInt64], UInt64, Int, String)])
  func the_reply_to_an_append_has_its_positions(positions: [UInt64], head: UInt64, duplicates: Int, expected: String) {
    let line = Self.text { StatusLine.append(positions: positions.span, head: head, duplicates: duplicates, to: &$0) }
    #expect(line == expected + "\n")
  }

  @Test(
    arguments: [
      (ProtocolError(.notFound, "None."), #"{"error":"not_found","message":"None."}"#),
      (ProtocolError(.busy, "Wait."), #"{"error":"busy","message":"Wait.","retry":true}"#),
      (ProtocolError(.busy, "Wait.", mayRetry: false), #"{"error":"busy","message":"Wait."}"#),
      (
        ProtocolError(
          .conflict, "\"7\"\u{1}\u{1F}\\", pointer: "/data", index: 2, position: 7, mayRetry: true,
          members: [ReplyMember("head", .number(9))]),
        #"{"error":"conflict","message":"\"7\"\u0001\u001f\\","pointer":"/data","index":2,"position":7,"retry":true,"#
          + #""head":9}"#
      ),
    ])
  func an_error_carries_what_it_knows(error: ProtocolError, expected: String) {
    #expect(Self.text { StatusLine.append(error, to: &$0) } == expected + "\n")
  }

  @Test(
    arguments: [
      (#"{"ok":true}"#, .ok), (#"{"error":"busy","message":"…"}"#, .error), (#"{"okay":true}"#, .row),
      (#"{"view":"a","error":"b"}"#, .row), ("", .row), ("{", .row), (#"{"ok""#, .row), (#"{ "ok":true}"#, .row),
    ] as [(String, StatusLine.Kind)])
  func only_a_status_line_begins_with_ok_or_error(line: String, kind: StatusLine.Kind) {
    let bytes = Array(line.utf8)
    #expect(StatusLine.kind(of: bytes) == kind)
    #expect(StatusLine.kind(of: [0x0A] + bytes + [0x7B], in: 1..<bytes.count + 1) == kind)
  }

  @Test func codes_are_unique_snake_case() {
    let codes = ErrorCode.allCases.map(\.rawValue)
    #expect(Set(codes).count == 19)
    for code in codes {
      #expect(code.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "_") })
    }
  }
}
