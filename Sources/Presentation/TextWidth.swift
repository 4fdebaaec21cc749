/// How many columns of a terminal a text takes.
///
/// Terminals differ on rare characters. These are the rules of POSIX `wcwidth` as most implement it, on East Asian widths
/// (Unicode Standard Annex #11), with emoji sequences taken as one emoji.
package enum TextWidth {
  /// Stands for what was cut off.
  package static let ellipsis: Character = "…"

  private static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"
  private static let emojiPresentation: Unicode.Scalar = "\u{FE0F}"

  /// The columns that `text` takes.
  package static func columns(_ text: String) -> Int {
    var ascii = 0
    for byte in text.utf8 {
      guard 0x20..<0x7F ~= byte else { return text.reduce(0) { $0 + columns($1) } }
      ascii += 1
    }
    return ascii
  }

  /// The columns that one character as a reader counts them takes: a letter with its marks, an emoji with its modifiers.
  package static func columns(_ character: Character) -> Int {
    var columns = 0
    for scalar in character.unicodeScalars {
      // What is joined, or asks to be drawn as an emoji, is drawn as one.
      if scalar == zeroWidthJoiner, columns == 2 { return 2 }
      if scalar == emojiPresentation, columns == 1 { return 2 }
      if scalar.properties.isEmojiModifier, columns == 2 { return 2 }
      columns += self.columns(scalar)
    }
    return columns
  }

  /// `text` in at most `width` columns: whole, or its beginning with ``ellipsis`` behind it.
  package static func truncated(_ text: String, to width: Int) -> String {
    guard columns(text) > width else { return text }
    guard width > 0 else { return "" }
    var (kept, used) = ("", 0)
    for character in text {
      let next = columns(character)
      guard used + next < width else { break }
      kept.append(character)
      used += next
    }
    kept.append(ellipsis)
    return kept
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || 0x7F..<0xA0 ~= value ? 0 : 1 }
    // Vowels and finals of conjoining Hangul (Unicode Standard, section 3.12) are drawn into the block of the initial.
    if 0x1160...0x11FF ~= value || 0xD7B0...0xD7FF ~= value { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .surrogate: return 0
    case .format: return ArabicSigns.contain(scalar) ? 1 : 0
    default: return WideRanges.contain(scalar) ? 2 : 1
    }
  }
}

/// The signs of category Cf that are seen: they enclose or precede a number or word (Unicode Standard, section 9.2,
/// property Prepended_Concatenation_Mark).
enum ArabicSigns {
  static func contain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2: true
    default: false
    }
  }
}
