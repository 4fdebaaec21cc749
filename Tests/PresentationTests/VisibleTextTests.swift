import Presentation
import TestSupport
import Testing

struct VisibleTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{1B}[31mred", "\\u{1B}[31mred"), ("\u{7F}", "\\u{7F}"),
    ("\u{9B}2J", "\\u{9B}2J"), ("abc\u{202E}fed", "abc\\u{202E}fed"), ("\u{2068}x\u{2069}", "\\u{2068}x\\u{2069}"),
    ("\u{FEFF}x", "\\u{FEFF}x"), ("a\u{2028}b", "a\\u{2028}b"), ("soft\u{AD}", "soft\\u{AD}"), ("\u{0}", "\\u{0}"),
    ("x\u{E0041}", "x\\u{E0041}"),
  ])
  func whatActsOrHidesIsShownAsAnEscape(text: String, visible: String) {
    #expect(VisibleText.escaped(text) == visible)
  }

  @Test(arguments: ["شي جين بينغ", "می‌خواهم", "👨‍👩‍👧", "a\u{200F}b", "习近平", "\u{0601}٣", "back\\slash"])
  func whatWritingNeedsIsLeft(text: String) {
    #expect(VisibleText.escaped(text) == text)
  }

  @Test func nothingHazardousIsLeftInAnyText() {
    var random = SeededGenerator()
    for _ in 0..<500 {
      let text = VisibleText.escaped(RandomText.text(using: &random))
      #expect(!text.unicodeScalars.contains(where: VisibleText.isHazardous), "seed \(random.seed): \(text)")
    }
  }
}

struct BidiTests {
  @Test(arguments: ["بوتين", "D1 بوتين", "שלום", "ﺏ", "a\u{200F}", "𞤀"])
  func textWithRightToLeftLettersIsIsolated(text: String) {
    #expect(Bidi.isolated(text).unicodeScalars.elementsEqual("\u{2068}\(text)\u{2069}".unicodeScalars))
    #expect(Bidi.leftToRight(text).unicodeScalars.elementsEqual("\u{2066}\(text)\u{2069}".unicodeScalars))
  }

  @Test(arguments: ["", "Putin", "Путин", "习近平", "1,5 %"])
  func otherTextIsLeftAsItIs(text: String) {
    #expect(Bidi.isolated(text) == text)
    #expect(Bidi.leftToRight(text) == text)
  }
}
