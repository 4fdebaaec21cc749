import Spelling

/// The languages in which the names of months and of days of the week are known.
enum CalendarLanguage: String, CaseIterable {
  case arabic = "ar"
  case english = "en"

  /// The languages to look in for a text with a BCP 47 tag: the one of the tag, whatever its region or script; all of them
  /// where the text has no tag; none where its language is not known.
  static func of(_ tag: String?) -> [CalendarLanguage] {
    guard let tag else { return allCases }
    let primary = tag.prefix { $0 != "-" }.lowercased()
    return allCases.filter { $0.rawValue == primary }
  }
}

/// Names of the months or of the days of the week, by language and folded form.
struct CalendarNames {
  private let numbers: [CalendarLanguage: [String: Int]]
  /// Words of the longest name.
  let longest: Int

  /// - Parameter names: for each language the names of 1, of 2 and so on.
  init(_ names: [CalendarLanguage: [[String]]]) {
    numbers = names.mapValues { rows in
      let pairs = rows.enumerated().flatMap { index, row in row.map { (NameFolding.folded($0), index + 1) } }
      return Dictionary(uniqueKeysWithValues: pairs)
    }
    longest = numbers.values.joined().map { $0.key.split(separator: " ").count }.max() ?? 0
  }

  /// What a name stands for; nil where no language has it, or two of them mean different things by it.
  func number(_ folded: String, in languages: [CalendarLanguage]) -> Int? {
    let found = Set(languages.compactMap { numbers[$0]?[folded] })
    return found.count == 1 ? found.first : nil
  }
}
