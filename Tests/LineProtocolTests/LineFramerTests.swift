import TestSupport
import Testing

@testable import LineProtocol

@Suite struct LineFramerTests {
  /// All lines of `stream`, fed in chunks of the given sizes (the last repeated), and whether it ended as too long.
  private static func frames(
    of stream: [UInt8], limit: Int = LineLimits.defaultLineLimit, chunks: [Int] = [.max]
  ) -> (lines: [String], isTooLong: Bool) {
    var framer = LineFramer(limit: limit)
    var lines: [String] = []
    var isTooLong = false
    var index = 0
    var turn = 0
    while index < stream.count {
      let count = min(max(chunks[min(turn, chunks.count - 1)], 1), stream.count - index)
      framer.append(contentsOf: stream[index..<index + count])
      index += count
      turn += 1
      while let frame = framer.next() {
        switch frame {
        case .line(let range): lines.append(String(decoding: framer.bytes[range], as: UTF8.self))
        case .tooLong: isTooLong = true
        }
      }
    }
    return (lines, isTooLong)
  }

  @Test(
    arguments: [
      ("", []), ("\n", []), ("\r\n", []), ("PING\n", ["PING"]), ("PING\r\n", ["PING"]), ("PING", []),
      ("\n\n\r\nPING\n\nQUIT\n", ["PING", "QUIT"]), ("a\rb\n", ["a\rb"]), ("a\r\r\n", ["a\r"]),
      ("12345678\n", ["12345678"]), ("1234567\n12345678\n123456789\n1", ["1234567", "12345678", "123456789"]),
      ("عربي\n中文\n", ["عربي", "中文"]), ("\u{B}\t \n", ["\u{B}\t "]),
    ] as [(String, [String])])
  func lines_end_with_lf_and_empty_ones_are_ignored(stream: String, expected: [String]) {
    let (lines, isTooLong) = Self.frames(of: Array(stream.utf8))
    #expect(lines == expected)
    #expect(!isTooLong)
  }

  @Test(
    arguments: [
      ("12345678\n", ["12345678"], false), ("123456789\n", [], true), ("123456789", [], true), ("12345678", [], false),
      ("1\n2\n123456789", ["1", "2"], true), ("12345678\r\n", [], true), ("1234567\r\n", ["1234567"], false),
      ("123456789\n1\n", [], true),
    ] as [(String, [String], Bool)])
  func a_line_over_the_limit_is_told_even_without_its_end(stream: String, expected: [String], isTooLong: Bool) {
    for size in [1, 3, .max] {
      let frames = Self.frames(of: Array(stream.utf8), limit: 8, chunks: [size])
      #expect(frames.lines == expected)
      #expect(frames.isTooLong == isTooLong)
    }
  }

  @Test func a_line_too_long_is_told_once_and_the_rest_is_dropped() {
    var framer = LineFramer(limit: 4)
    framer.append(contentsOf: Array("12345".utf8))
    #expect(framer.next() == .tooLong)
    #expect(framer.next() == nil)
    framer.append(contentsOf: Array("\nPING\n".utf8))
    #expect(framer.next() == nil)
  }

  @Test func any_chunking_of_a_stream_yields_the_same_lines() {
    var random = SeededGenerator()
    for _ in 0..<300 {
      let alphabet = Array("\n\n\r{a\"\u{8A} ".utf8) + [0x8A, 0x0B, 0x00, 0x01]
      let stream = (0..<Int.random(in: 0...200, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
      let limit = Int.random(in: 1...40, using: &random)
      let whole = Self.frames(of: stream, limit: limit)
      let chunks = (0..<50).map { _ in Int.random(in: 1...17, using: &random) }
      let parts = Self.frames(of: stream, limit: limit, chunks: chunks)
      #expect(whole.lines == parts.lines)
      #expect(whole.isTooLong == parts.isTooLong)
    }
  }

  @Test func the_search_for_lf_agrees_with_a_plain_search() {
    var random = SeededGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<40).map { _ in [0x0A, 0x0B, 0x8A, 0x09, 0x00, 0xFF].randomElement(using: &random)! as UInt8 }
      let start = Int.random(in: 0...40, using: &random)
      let end = Int.random(in: start...40, using: &random)
      #expect(
        LineFeedSearch.first(in: bytes.span.bytes, from: start, to: end) == bytes[start..<end].firstIndex(of: 0x0A))
    }
  }

  @Test func bytes_kept_by_the_caller_stay_as_they_were() {
    var framer = LineFramer()
    framer.append(contentsOf: Array("one\ntw".utf8))
    guard case .line(let range) = framer.next() else {
      Issue.record("a line is complete")
      return
    }
    let kept = framer.bytes
    framer.append(contentsOf: Array("o\n".utf8))
    #expect(framer.next() == .line(0..<3))
    #expect(String(decoding: framer.bytes[0..<3], as: UTF8.self) == "two")
    #expect(String(decoding: kept[range], as: UTF8.self) == "one")
  }

  @Test func memory_of_a_long_line_is_given_back() {
    var framer = LineFramer()
    framer.append(contentsOf: Array(repeating: UInt8(ascii: "x"), count: LineLimits.defaultLineLimit) + [0x0A])
    #expect(framer.next() == .line(0..<LineLimits.defaultLineLimit))
    #expect(!framer.holdsPartialLine)
    framer.append(contentsOf: Array("PI".utf8))
    #expect(framer.holdsPartialLine)
    #expect(framer.bytes.capacity <= LineLimits.keptFramerCapacity)
  }
}
