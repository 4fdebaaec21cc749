import Presentation
import TestSupport
import Testing

struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("e\u{301}", 1), ("é", 1), ("شي جين بينغ", 11), ("بَ", 1), ("习近平", 6), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("ｱ", 1), ("Ａ", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("❤️", 2), ("🇨🇳", 2),
    ("a\u{200B}b", 2), ("\u{2068}ب\u{2069}", 1), ("…", 1), ("\u{0600}1", 2), ("क्ष", 2), ("𠀀", 2), ("Ω≈ç", 3),
  ])
  func aTextTakesTheColumnsThatTerminalsDraw(text: String, columns: Int) {
    #expect(TextWidth.columns(text) == columns)
  }

  @Test(arguments: [
    ("Vladimir Putin", 20, "Vladimir Putin"), ("Vladimir Putin", 14, "Vladimir Putin"),
    ("Vladimir Putin", 9, "Vladimir…"), ("习近平", 6, "习近平"), ("习近平", 5, "习近…"), ("习近平", 4, "习…"),
    ("cafe\u{301}s", 5, "cafe\u{301}s"), ("cafe\u{301}s", 4, "caf…"), ("ab", 1, "…"), ("ab", 0, ""), ("", 0, ""),
  ])
  func aTextTooWideIsCutBetweenCharactersAndMarked(text: String, width: Int, cut: String) {
    #expect(TextWidth.truncated(text, to: width) == cut)
  }

  @Test func aCutTextIsNeverWiderThanTheRoom() {
    var random = SeededGenerator()
    for _ in 0..<500 {
      let text = RandomText.text(using: &random)
      let width = Int.random(in: 0...12, using: &random)
      #expect(TextWidth.columns(TextWidth.truncated(text, to: width)) <= width, "seed \(random.seed): \(text)")
    }
  }
}
