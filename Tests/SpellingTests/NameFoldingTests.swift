import TestSupport
import Testing

@testable import Spelling

/// The form in which names are compared; `schema/names.md` has the rules. Texts are compared by their bytes, since `==`
/// takes canonically equivalent ones for one.
@Suite struct NameFoldingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let written: String
    let folded: String

    init(_ written: String, _ folded: String) { (self.written, self.folded) = (written, folded) }

    var testDescription: String { written }

    func check() {
      let result = NameFolding.folded(written)
      #expect(Array(result.unicodeScalars) == Array(folded.unicodeScalars), "\(result)")
    }
  }

  @Test(arguments: [
    Row("PUTIN", "putin"), Row("Владимир Путин", "владимир путин"), Row("ΣΊΣΥΦΟΣ", "σίσυφοσ"), Row("Łódź", "łódź"),
    Row("İzmir", "i\u{307}zmir"),
  ])
  func letter_case_does_not_count(_ row: Row) { row.check() }

  @Test(arguments: [
    Row("xi  jinping", "xi jinping"), Row(" xi jinping ", "xi jinping"), Row("xi\tjinping\n", "xi jinping"),
    Row("xi\u{A0}jinping", "xi jinping"), Row("xi\u{3000}\u{2009} jinping", "xi jinping"), Row("   ", ""), Row("", ""),
  ])
  func white_space_is_one_space_and_none_at_the_ends(_ row: Row) { row.check() }

  @Test(arguments: [
    Row("pu\u{200D}tin", "putin"), Row("\u{FEFF}putin", "putin"), Row("\u{202B}putin\u{202C}", "putin"),
    Row("pu\u{AD}tin", "putin"), Row("\u{2067}putin\u{2069}", "putin"), Row("می\u{200C}رود", "ميرود"),
    Row("\u{61C}بوتين\u{200F}", "بوتين"), Row("xi \u{200B} jinping", "xi jinping"),
  ])
  func what_nobody_sees_does_not_count(_ row: Row) { row.check() }

  @Test(arguments: [
    Row("أوشاكوف", "اوشاكوف"), Row("إيران", "ايران"), Row("آسيا", "اسيا"), Row("ٱلله", "الله"),
    Row("ا\u{654}مريكا", "امريكا"), Row("ا\u{653}سيا", "اسيا"), Row("ا\u{655}يران", "ايران"),
  ])
  func alef_is_alef_whatever_it_carries(_ row: Row) { row.check() }

  @Test(arguments: [
    Row("القاهرة", "القاهره"), Row("موسى", "موسي"), Row("بیسکوف", "بيسكوف"), Row("پاکستان", "پاكستان"),
  ])
  func endings_and_letters_of_other_keyboards_are_the_common_ones(_ row: Row) { row.check() }

  @Test(arguments: [
    Row("مُحَمَّد", "محمد"), Row("بـــوتين", "بوتين"), Row("الرحمٰن", "الرحمن"), Row("قال\u{6D6}", "قال"),
    Row("محمد\u{610}", "محمد"),
  ])
  func marks_and_the_tatweel_do_not_count(_ row: Row) { row.check() }

  @Test(arguments: [
    Row("لؤي", "لؤي"), Row("لو\u{654}ي", "لؤي"), Row("وائل", "وائل"), Row("واي\u{654}ل", "وائل"),
    Row("وای\u{654}ل", "وائل"), Row("وـ\u{654}", "ؤ"),
    // On a letter of another word there is none.
    Row("و \u{654}", "و"),
  ])
  func a_hamza_that_tells_words_apart_stays(_ row: Row) { row.check() }

  @Test(arguments: [Row("قمة ٢٠", "قمه 20"), Row("۱۴۰۳", "1403"), Row("G20", "g20"), Row("٠١٢٣٤٥٦٧٨٩", "0123456789")])
  func digits_are_those_of_ascii(_ row: Row) { row.check() }

  @Test(arguments: [
    // A letter with an accent and the same written as two: what a sender wrote is not normalised.
    ("é", "e\u{301}"), ("أميركا", "أمريكا"), ("شي جين بينغ", "شي جينبينغ"), ("رؤى", "روي"), ("بيسكوف", "پيسكوف"),
    ("Xi", "Хі"), ("习近平", "習近平"), ("Kim Jong-un", "Kim Jong Un"),
  ])
  func nothing_else_is_folded(_ one: String, _ other: String) {
    #expect(!NameFolding.folded(one).utf8.elementsEqual(NameFolding.folded(other).utf8))
  }

  @Test func folding_again_changes_nothing() {
    var names = RandomName(SeededGenerator("folding again"))
    for _ in 0..<20_000 {
      let name = names.next()
      let folded = NameFolding.folded(name)
      #expect(NameFolding.folded(folded).utf8.elementsEqual(folded.utf8), "\(name.debugDescription)")
    }
  }

  @Test func white_space_and_invisible_characters_anywhere_change_nothing() {
    var names = RandomName(SeededGenerator("noise"))
    for _ in 0..<5_000 {
      let name = names.next()
      var noisy = Array(name.unicodeScalars)
      // Not before a hamza of its own, which belongs to the letter before it; a space beside a space is none.
      let places = noisy.indices.filter { noisy[$0] != "\u{654}" && $0 > 0 }
      if let place = places.randomElement(using: &names.generator) {
        noisy.insert(noisy[place - 1] == " " ? "\u{A0}" : "\u{200D}", at: place)
      }
      var written = String.UnicodeScalarView(noisy)
      written.insert(contentsOf: "\u{202B} ".unicodeScalars, at: written.startIndex)
      written.append(contentsOf: " \u{FEFF}\n".unicodeScalars)
      let (one, other) = (NameFolding.folded(String(written)), NameFolding.folded(name))
      #expect(one.utf8.elementsEqual(other.utf8), "\(name.debugDescription)")
    }
  }
}
