import TestSupport

extension SeededGenerator {
  /// Bytes from a small alphabet that holds both ends of the range, so that prefixes and escapes are common.
  mutating func bytes(_ lengths: ClosedRange<Int>) -> [UInt8] {
    let alphabet: [UInt8] = [0x00, 0x01, 0x61, 0x62, 0xFE, 0xFF]
    return (0..<Int.random(in: lengths, using: &self)).map { _ in alphabet.randomElement(using: &self)! }
  }

  /// Text from a small alphabet with NUL and characters of one to four bytes.
  mutating func text(_ lengths: ClosedRange<Int>) -> String {
    let alphabet: [Unicode.Scalar] = ["\0", "\u{1}", "a", "b", "é", "€", "\u{FFFF}", "𝄞"]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: lengths, using: &self) { text.append(alphabet.randomElement(using: &self)!) }
    return String(text)
  }
}
