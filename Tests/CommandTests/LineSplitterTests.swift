import TestSupport
import Testing

@testable import annals

struct LineSplitterTests {
  private func pieces(_ chunks: [[UInt8]], limit: Int) -> [LineSplitter.Piece] {
    var splitter = LineSplitter(limit: limit)
    var pieces: [LineSplitter.Piece] = []
    for chunk in chunks {
      splitter.append(chunk)
      while let piece = splitter.next() { pieces.append(piece) }
    }
    return pieces + [splitter.finish()].compactMap(\.self)
  }

  private func lines(_ text: String, limit: Int = 100) -> [String] {
    pieces([Array(text.utf8)], limit: limit).map { piece in
      switch piece {
      case .line(let bytes, let number): "\(number):\(String(decoding: bytes, as: UTF8.self))"
      case .tooLong(let number): "\(number)!"
      }
    }
  }

  @Test(arguments: [
    ("", []), ("a\nb\n", ["1:a", "2:b"]), ("a\nb", ["1:a", "2:b"]), ("a\r\nb\r", ["1:a", "2:b"]),
    ("\n \t\n\r\na\n\n", ["4:a"]), ("a\rb\n", ["1:a\rb"]), ("\n", []), (" a \n", ["1: a "]),
  ])
  func linesAreNumberedAndBlankOnesSkipped(text: String, expected: [String]) {
    #expect(lines(text) == expected)
  }

  @Test(arguments: [
    ("1234\n123\n", ["1:1234", "2:123"]), ("12345\n1\n", ["1!", "2:1"]), ("1234\r\n", ["1:1234"]),
    ("12345\r\n1", ["1!", "2:1"]), ("1234567\n1\n1234567", ["1!", "2:1", "3!"]), ("12345", ["1!"]),
  ])
  func aLineTooLongIsToldAndLeftOut(text: String, expected: [String]) {
    #expect(lines(text, limit: 4) == expected)
  }

  @Test func itMakesNoDifferenceHowTheBytesCome() {
    var random = SeededGenerator()
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        "ab \r\n\n\n".utf8.randomElement(using: &random)!
      }
      let whole = pieces([bytes], limit: 5)
      var chunks: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...7, using: &random)
        chunks.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      #expect(pieces(chunks, limit: 5) == whole, "seed \(random.seed): \(bytes)")
    }
  }
}
