import TestSupport

/// Makes names up of the characters that rules speak of, of plain letters of several scripts, and of any others.
struct RandomName {
  var generator: SeededGenerator

  private static let letters = "أإآٱاةهىیيکكؤئءوپڤگچـ٠٩۰۹ "
  private static let marks = "\u{64E}\u{651}\u{653}\u{654}\u{655}\u{670}\u{6D6}\u{610}"
  private static let invisible = "\u{A0}\t\u{200B}\u{200D}\u{202B}\u{FEFF}\u{AD}"
  private static let special = Array((letters + marks + invisible).unicodeScalars)
  private static let plain = Array("لعبدشنبسمترفقغجabcdeyw-'.ABÉéłŁøßþæıİпутинЙъ习近平あΣσς".unicodeScalars)

  init(_ generator: SeededGenerator) { self.generator = generator }

  /// A name of up to 12 characters.
  mutating func next() -> String {
    var name = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &generator) { name.append(scalar()) }
    return String(name)
  }

  private mutating func scalar() -> Unicode.Scalar {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<5: return Self.special[Int.random(in: 0..<Self.special.count, using: &generator)]
    case 5..<9: return Self.plain[Int.random(in: 0..<Self.plain.count, using: &generator)]
    default:
      while true {
        if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x2_FFFF, using: &generator)) { return scalar }
      }
    }
  }
}
