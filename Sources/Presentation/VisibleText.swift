/// Makes seen what would otherwise act on a terminal, or hide, so that data cannot pass for something else.
package enum VisibleText {
  /// `text` with each hazardous character as an escape: `\n`, `\u{1B}`, `\u{202E}`.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHazardous) else { return text }
    var visible = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": visible += "\\n"
      case "\r": visible += "\\r"
      case "\t": visible += "\\t"
      case _ where isHazardous(scalar): visible += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: visible.unicodeScalars.append(scalar)
      }
    }
    return visible
  }

  /// Whether `scalar` acts on a terminal, reorders what stands around it, or is not seen at all: controls, line and
  /// paragraph separators, and format characters such as bidirectional overrides and isolates (UAX #9).
  ///
  /// Let through are those that writing needs: the joiners, and the marks that only order their neighbours.
  package static func isHazardous(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if 0x20..<0x7F ~= value { return false }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format:
      switch value {
      // ZWNJ, ZWJ, LRM, RLM, ALM.
      case 0x200C...0x200F, 0x61C: return false
      default: return !ArabicSigns.contain(scalar)
      }
    default: return false
    }
  }
}
