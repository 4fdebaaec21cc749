import Presentation
import TestSupport
import Testing

struct TreeTests {
  private let tree = Tree(
    ["41", "claim.call"],
    [Tree(["says", "Ushakov"]), Tree(["D1"], [Tree(["“one two three”"])]), Tree(["last", "", "line"])])

  @Test func branches_show_what_stands_below() {
    #expect(
      tree.lines() == [
        "41  claim.call", "├─ says  Ushakov", "├─ D1", "│  └─ “one two three”", "└─ last  line",
      ])
  }

  @Test func a_long_line_is_broken_between_words_and_a_long_word_within() {
    let tree = Tree(
      ["root"], [Tree(["one two three four five", "six"], [Tree(["x"])]), Tree(["0123456789012345678901"])])
    #expect(
      tree.lines(width: 20) == [
        "root", "├─ one two three four", "│  │ five  six", "│  └─ x", "└─ 012345678901234567", "     8901",
      ])
  }

  @Test func nothing_acts_on_the_terminal_and_right_to_left_parts_keep_their_place() {
    let lines = Tree(["a\u{1B}[2J\u{202E}", "بوتين", "b"]).lines(width: 60, isolates: true)
    #expect(
      lines[0].unicodeScalars.elementsEqual("a\\u{1B}[2J\\u{202E}  \u{2068}بوتين\u{2069}  b".unicodeScalars))
  }

  @Test func no_line_is_wider_than_the_terminal_and_no_letter_is_lost() {
    var random = SeededGenerator()
    for _ in 0..<300 {
      let parts = (0..<4).map { _ in RandomText.text(using: &random) }
      let tree = Tree(["root"], [Tree(parts, [Tree(parts)])])
      let width = Int.random(in: 26...60, using: &random)
      let lines = tree.lines(width: width)
      for line in lines { #expect(TextWidth.columns(line) <= width, "\(line)") }
      func letters(_ lines: [String]) -> String {
        String(lines.joined().filter { !" │├└─".contains($0) })
      }
      #expect(letters(lines) == letters(tree.lines()))
    }
  }
}
