/// A looser key than the folded form: what is left of a name when everything goes that transliterations disagree about.
///
/// Names with one key may be one name; the key proposes, a person or a judgement decides. It is made of the folded form
/// (``NameFolding``):
///
/// - **Arabic**: the article ال goes from the beginning of a word that has three letters or more beside it, also behind عبد
///   written together with it; then the letters that write vowels, ا و ي with or without hamza, ء, and ه at the end of a word
///   (which folding makes of ة); and the letters for which one foreign sound is written now with one, now with the other
///   become one: غ ق ك ج with گ چ ڭ ڨ ژ, ب with پ, ف with ڤ.
/// - **Latin**: letters lose what they are written "with" (é, ł, ø), then vowels, y and w go.
/// - **Cyrillic**: vowels, й, ъ and ь go.
/// - Spaces, hyphens, apostrophes, dots and combining marks go, and of a doubled Latin or Cyrillic letter one is left.
///
/// Everything else stays, Han above all: a name in it has its folded form without spaces for a key.
package enum NameSkeleton {
  /// The key of a name. An empty key, as of a name of vowels alone, proposes nothing.
  package static func key(_ name: String) -> String {
    var key = String.UnicodeScalarView()
    /// The letter before, to tell doubled ones; vowels part them though they leave nothing in the key.
    var previous: Unicode.Scalar?
    for word in NameFolding.folded(name).unicodeScalars.split(whereSeparator: isSeparator) {
      for scalar in consonants(of: Array(word)) {
        let isDoubled = scalar == previous && (isLatin(scalar) || isCyrillic(scalar))
        previous = scalar
        if !isDoubled, !isVowel(scalar) { key.append(scalar) }
      }
    }
    return String(key)
  }

  /// Whether a character parts words or their halves and is itself no part of the name.
  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", ".", "·", "•", "・", "‧", ",", "،": true
    case "-", "‐"..."―", "−", "־": true
    case "'", "‘", "’", "‛", "`", "´", "′", "ʹ"..."ˈ": true
    default: false
    }
  }

  /// The letters of a folded word: Arabic ones without article and weak letters, Latin ones without their marks.
  private static func consonants(of word: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard word.contains(where: isArabic) else { return word.flatMap(unmarked) }
    if word.starts(with: servant), word.dropFirst(servant.count).starts(with: article) {
      return consonants(of: servant) + consonants(of: Array(word.dropFirst(servant.count)))
    }
    var letters = word[...]
    if letters.starts(with: article), letters.count >= article.count + 3 { letters = letters.dropFirst(article.count) }
    if letters.last == "ه" { letters = letters.dropLast() }
    return letters.compactMap(arabicConsonant)
  }

  private static let article: [Unicode.Scalar] = ["ا", "ل"]
  /// "Servant of", which names join to the article that follows it or do not.
  private static let servant: [Unicode.Scalar] = ["ع", "ب", "د"]

  private static func arabicConsonant(_ letter: Unicode.Scalar) -> Unicode.Scalar? {
    switch letter {
    case "ا", "و", "ي", "ء", "ؤ", "ئ": nil
    case "غ", "ق", "ك", "ج", "گ", "چ", "ڭ", "ڨ", "ژ": "ك"
    case "پ": "ب"
    case "ڤ": "ف"
    default: letter
    }
  }

  /// A letter without what it is written with, by its name in Unicode; nothing for a combining mark.
  private static func unmarked(_ letter: Unicode.Scalar) -> [Unicode.Scalar] {
    switch letter {
    case "\u{0}"..."\u{7F}": return [letter]
    case "\u{300}"..."\u{36F}": return []
    case "ß": return ["s", "s"]
    case "þ": return ["t", "h"]
    case "ð": return ["d"]
    case "æ", "œ", "ı": return ["e"]
    default: break
    }
    guard isLatin(letter), let name = letter.properties.name else { return [letter] }
    let base = name.dropFirst(smallLetter.count).prefix { $0 != " " }
    guard name.hasPrefix(smallLetter), base.utf8.count == 1, let byte = base.utf8.first else { return [letter] }
    return [Unicode.Scalar(byte | 0x20)]
  }

  private static let smallLetter = "LATIN SMALL LETTER "

  private static func isVowel(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a", "e", "i", "o", "u", "y", "w": true
    case "а", "е", "ё", "и", "о", "у", "ы", "э", "ю", "я", "і", "ї", "є", "й", "ў", "ъ", "ь": true
    default: false
    }
  }

  private static func isArabic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF: true
    default: false
    }
  }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x61...0x7A, 0xDF...0x24F, 0x1E00...0x1EFF: true
    default: false
    }
  }

  private static func isCyrillic(_ scalar: Unicode.Scalar) -> Bool {
    (0x400...0x52F).contains(scalar.value)
  }
}
