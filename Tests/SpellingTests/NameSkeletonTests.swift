import TestSupport
import Testing

@testable import Spelling

/// The key that proposes which names may be one; `schema/names.md` has the rules.
@Suite struct NameSkeletonTests {
  @Test(arguments: [
    ["شي جين بينغ", "شي جينبينغ", "شي جين بينج"],
    ["دميتري بيسكوف", "ديمتري بيسكوف"],
    ["دميتري ميدفيديف", "ديمتري ميدفيديف"],
    ["أميركا", "أمريكا"],
    ["غورباتشوف", "جورباتشوف", "كورباتشوف", "گورباتشوف"],
    ["بوتين", "پوتین", "بوتن"],
    ["عبد الرحمن", "عبدالرحمن", "عبد رحمن"],
    ["الكرملين", "كرملين"],
    ["Dmitri", "Dmitriy", "Dmitry"],
    ["Xi Jinping", "Xi Jin-ping", "XI JINPING"],
    ["Łukasz", "Lukasz"], ["Erdoğan", "Erdog\u{306}an", "Erdogan"], ["Straße", "Strasse"], ["Þór", "Thor"],
    ["Kim Jong Un", "Kim Jong-un"],
    ["Песков", "Пьесков"], ["Анна", "Ана"], ["Medvedev", "Medviediev"],
    ["习近平", "习 近平"],
  ])
  func spellings_of_one_name_share_a_skeleton(_ names: [String]) {
    let keys = Set(names.map(NameSkeleton.key))
    #expect(keys.count == 1, "\(keys)")
    #expect(!keys.contains(""))
  }

  /// Everybody, and every place and house, in a record of five articles, under one spelling of each.
  private static let different = [
    "شي جين بينغ", "فلاديمير بوتين", "بوتين", "دميتري بيسكوف", "دميتري ميدفيديف", "يوري أوشاكوف", "أوشاكوف",
    "دونالد ترامب", "ناريندرا مودي", "كيم جونغ أون", "الصين", "روسيا", "الولايات المتحدة", "أميركا", "كوريا الشمالية",
    "الهند", "فرنسا", "كندا", "فنلندا", "أورغواي", "أوكرانيا", "إيران", "فنزويلا", "كوبا", "بكين", "موسكو", "تيانجين",
    "شنجن", "نينغشيا", "أبوظبي", "دبي", "الكرملين", "كارنيغي", "رويترز", "فرانس برس", "الشرق", "نوفوستي", "يونهاب",
    "Xi Jinping", "Vladimir Putin", "Dmitry Peskov", "Dmitry Medvedev", "Yuri Ushakov", "Donald Trump",
    "Narendra Modi", "Kim Jong Un", "China", "Russia", "United States", "North Korea", "India", "France", "Canada",
    "Finland", "Uruguay", "Ukraine", "Iran", "Venezuela", "Cuba", "Beijing", "Moscow", "Tianjin", "Shenzhen", "Ningxia",
    "Владимир Путин", "Дмитрий Песков", "Дмитрий Медведев", "Юрий Ушаков", "Си Цзиньпин", "习近平",
  ]

  @Test func different_people_and_places_do_not_collide() {
    var names: [String: String] = [:]
    for name in Self.different {
      let key = NameSkeleton.key(name)
      #expect(!key.isEmpty, "\(name)")
      #expect(names.updateValue(name, forKey: key) == nil, "\(name)")
    }
  }

  @Test(arguments: [
    ("شي جين بينغ", "شكنبنك"), ("أمريكا", "مرك"), ("الصين", "صن"), ("Dmitry", "dmtr"), ("Дмитрий", "дмтр"),
    ("习近平", "习近平"),
    // Too short to have lost an article.
    ("الو", "ل"), ("الف", "لف"), ("الله", "لل"), ("عبدالله", "عبدلل"),
    // A vowel parts letters that are equal: two of them are left.
    ("Anna", "n"), ("Nina", "nn"),
  ])
  func a_skeleton_is_what_transliterations_agree_on(_ name: String, _ key: String) {
    #expect(NameSkeleton.key(name) == key)
  }

  @Test(arguments: ["", " ", "Aoi", "Yi", "او", "-", "ая"])
  func a_name_without_consonants_proposes_nothing(_ name: String) {
    #expect(NameSkeleton.key(name).isEmpty)
  }

  @Test func scripts_are_kept_apart() {
    #expect(Set(["بوتين", "Putin", "Путин", "普京"].map(NameSkeleton.key)).count == 4)
  }

  @Test func folding_a_name_leaves_its_skeleton() {
    var names = RandomName(SeededGenerator("skeletons"))
    for _ in 0..<20_000 {
      let name = names.next()
      let (key, folded) = (NameSkeleton.key(name), NameSkeleton.key(NameFolding.folded(name)))
      #expect(key.utf8.elementsEqual(folded.utf8), "\(name.debugDescription)")
    }
  }
}
