import Spelling

/// The calendar words in an expression: the names of days of the week and of months, as whole words, compared as names are
/// (``NameFolding``).
///
/// In Arabic the particles و, ف, ب and ل are written together with the word after them; they are taken off a word that is
/// no name with them: والسبت, للسبت, بحزيران. A name of two letters, آب, is known only on its own: باب is "door".
package enum ExpressionWords {
  /// The day of the week that an expression names, 1 Monday to 7 Sunday; nil where it names none, or different ones.
  /// - Parameter language: BCP 47 tag of the expression's language; nil looks in all languages known.
  package static func weekday(in expression: String, language: String?) -> Int? {
    only(WeekdayNames.table, in: expression, language)
  }

  /// The month that an expression names, 1–12; nil where it names none, or different ones.
  /// - Parameter language: BCP 47 tag of the expression's language; nil looks in all languages known.
  package static func month(in expression: String, language: String?) -> Int? {
    only(MonthNames.table, in: expression, language)
  }

  private static func only(_ names: CalendarNames, in expression: String, _ language: String?) -> Int? {
    let languages = CalendarLanguage.of(language)
    let words = NameFolding.folded(expression).unicodeScalars.split { !isLetter($0) }.map { String($0) }
    var found: Set<Int> = []
    var index = 0
    while index < words.count {
      // The longest name first: of "كانون الثاني" no word alone is a name.
      let match = (1...names.longest).reversed().lazy.filter { index + $0 <= words.count }.compactMap { count in
        number(Array(words[index..<index + count]), names, languages).map { ($0, count) }
      }.first
      if let (number, _) = match { found.insert(number) }
      index += match?.1 ?? 1
    }
    return found.count == 1 ? found.first : nil
  }

  private static func number(_ words: [String], _ names: CalendarNames, _ languages: [CalendarLanguage]) -> Int? {
    let name = words.joined(separator: " ")
    if let number = names.number(name, in: languages) { return number }
    guard languages.contains(.arabic) else { return nil }
    return withoutParticles(name).lazy.compactMap { names.number($0, in: [.arabic]) }.first
  }

  /// What a word may be without the particles written together with it: و or ف, then ب or ل; ل swallows the alef of an article.
  private static func withoutParticles(_ word: String) -> [String] {
    var shortened: [String] = []
    var rest = Substring(word)
    if let first = rest.first, "وف".contains(first) {
      rest = rest.dropFirst()
      shortened.append(String(rest))
    }
    if rest.hasPrefix("لل") { shortened.append("ا" + rest.dropFirst()) }
    if let first = rest.first, "بل".contains(first) { shortened.append(String(rest.dropFirst())) }
    return shortened.filter { $0.unicodeScalars.count > 2 }
  }

  /// Whether a character belongs to a word; marks that a letter may carry do.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
  }
}
