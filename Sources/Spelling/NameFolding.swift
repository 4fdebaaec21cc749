/// The form in which names are compared. What is stored stays as it was written.
///
/// Two names that fold to the same text are one name. The rules, in the order of ``folded(_:)``:
///
/// - **Letter case** does not count: every letter is taken in its small form (Unicode, Lowercase_Mapping).
/// - **White space**: any run of it, no-break spaces among it, is one space, and there is none at either end.
/// - **Invisible** characters are left out: zero-width ones, joiners, soft hyphens and bidirectional controls.
/// - **Arabic alef**: أ, إ, آ and ٱ are ا, with a precomposed or a combining hamza or madda.
/// - **Arabic endings**: ة is ه, ى is ي.
/// - **Persian and Urdu** letters that Arabic keyboards write otherwise: ی is ي, ک is ك.
/// - **Marks** above and below Arabic letters (vowel signs, superscript alef, Quranic signs) and the tatweel ـ are left out.
/// - **Hamza on a carrier**, ؤ and ئ, stays: there it tells words apart. Written with a combining hamza it is composed.
/// - **Digits**: ٠–٩ and ۰–۹ are 0–9.
///
/// Beyond these, canonically equivalent spellings remain different: é and e with a combining acute are two names.
package enum NameFolding {
  /// The folded form of a name; folding it again changes nothing.
  package static func folded(_ name: String) -> String {
    // Ids and most names of claims are in folded form already, which bytes can tell without Unicode's tables.
    var previous = UInt8(ascii: " ")
    let isFolded = name.utf8.allSatisfy { byte in
      defer { previous = byte }
      return byte > 0x20 && byte < 0x7F && !(65...90).contains(byte) || byte == 0x20 && previous != 0x20
    }
    if isFolded, previous != 0x20 { return name }
    var folded = String.UnicodeScalarView()
    folded.reserveCapacity(name.utf8.count)
    var spaceIsDue = false
    for scalar in name.unicodeScalars {
      if scalar.properties.isWhitespace {
        spaceIsDue = !folded.isEmpty
      } else if scalar == "\u{654}", !spaceIsDue, let carried = folded.last.flatMap(withHamza) {
        folded.removeLast()
        folded.append(carried)
      } else if !isDropped(scalar) {
        if spaceIsDue { folded.append(" ") }
        spaceIsDue = false
        append(scalar, to: &folded)
      }
    }
    return String(folded)
  }

  /// A letter that keeps its hamza, with the hamza.
  private static func withHamza(_ letter: Unicode.Scalar) -> Unicode.Scalar? {
    switch letter {
    case "و": "ؤ"
    case "ي": "ئ"
    default: nil
    }
  }

  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Soft hyphen, zero-width space, joiners, directional marks, embeddings, word joiner to deprecated format
    // characters with the isolates among them, byte order mark, Arabic letter mark, Mongolian vowel separator.
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0x61C, 0x180E: true
    // Tatweel, vowel signs with combining madda and hamza, superscript alef.
    case 0x640, 0x64B...0x65F, 0x670: true
    // Honorifics and Quranic signs.
    case 0x610...0x61A, 0x6D6...0x6DC, 0x6DF...0x6E4, 0x6E7, 0x6E8, 0x6EA...0x6ED, 0x8CA...0x8E1, 0x8E3...0x8FF: true
    default: false
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
    switch scalar {
    case "أ", "إ", "آ", "ٱ": folded.append("ا")
    case "ة": folded.append("ه")
    case "ى", "ی": folded.append("ي")
    case "ک": folded.append("ك")
    case "٠"..."٩": folded.append(digit(scalar, after: "٠"))
    case "۰"..."۹": folded.append(digit(scalar, after: "۰"))
    // Hebrew to Myanmar, and Han to Yi, know no letter case: no need to ask Unicode's tables.
    case "\u{590}"..."\u{109F}", "\u{2E80}"..."\u{A4CF}": folded.append(scalar)
    default: folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
  }

  private static func digit(_ scalar: Unicode.Scalar, after zero: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "0") + UInt8(scalar.value - zero.value))
  }
}
