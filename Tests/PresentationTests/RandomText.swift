import TestSupport

/// Texts in which letters of many scripts, marks, emoji, controls and bidirectional characters stand side by side.
enum RandomText {
  private static let pieces = [
    "a", "Z", "0", " ", "é", "e\u{301}", "ب", "ن", "ש", "习", "近", "한", "👍🏽", "👨‍👩‍👧", "\u{1B}", "\u{7}", "\n", "\t",
    "\u{202E}", "\u{2066}", "\u{2069}", "\u{200F}", "\u{200D}", "\u{FEFF}", "\u{85}", "\u{2028}", "\"", "\\", ",", "\r",
    ";", "=", "…", "\u{300}", "𐎀", "\u{E0041}",
  ]

  static func text(using random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...16, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
  }
}
