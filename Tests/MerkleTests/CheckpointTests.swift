import Digests
import Testing

@testable import Merkle

@Suite struct CheckpointTests {
  static let root = Digest256.leaf(of: Array("root".utf8))
  static let rootText = Base64.encode(root.bytes)

  @Test(arguments: [0, 1, 20_852_163, UInt64.max])
  func a_checkpoint_is_read_as_it_was_written(size: UInt64) throws {
    let checkpoint = Checkpoint(origin: "annals.example/log", size: size, root: Self.root)
    #expect(checkpoint.text == "annals.example/log\n\(size)\n\(Self.rootText)\n")
    #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
  }

  static let unfitSizes = ["", "-1", "+1", "01", "00", " 1", "1 ", "1.0", "0x1", "1e3", "18446744073709551616", "١"]

  @Test(arguments: unfitSizes)
  func a_size_that_is_not_in_plain_decimal_digits_is_refused(size: String) {
    #expect(throws: NoteError.self) { try Checkpoint(parsing: "log\n\(size)\n\(Self.rootText)\n") }
  }

  static let unfitTexts = [
    "", "\n", "\n\n\n", "log\n1\n", "log\n1\n\(rootText)", "\n1\n\(rootText)\n", "log\n1\n\n",
    "log\n1\n\(rootText)\n\n",
    "log\n1\n\(rootText)\nmore\n\nmore\n", "log\n1\n\(rootText) \n", "log\n1\n\(rootText.dropLast())\n",
    "log\r\n1\r\n\(rootText)\r\n", "log\n1\n\(rootText)\nmore", "log\n1\n\(rootText)AAAA\n",
  ]

  @Test(arguments: unfitTexts)
  func a_text_that_is_no_checkpoint_is_refused(_ text: String) {
    #expect(throws: NoteError.self) { try Checkpoint(parsing: text) }
  }

  @Test func lines_are_told_apart_by_line_feeds_whatever_follows_them() throws {
    let text = "\u{301}log\n7\n\(Self.rootText)\n\u{301}more\n\u{200D}\n"
    let checkpoint = try Checkpoint(parsing: text)
    #expect(checkpoint.origin == "\u{301}log")
    #expect(checkpoint.extensions == ["\u{301}more", "\u{200D}"])
    #expect(Array(checkpoint.text.utf8) == Array(text.utf8))
  }
}
