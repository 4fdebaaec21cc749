import Foundation

/// SplitMix64: a generator whose run is determined by its seed, so that a failing property can be tried again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Takes the seed from the environment variable ANNALS_SEED, or a new one, and prints it.
  init(_ name: String) {
    let given = ProcessInfo.processInfo.environment["ANNALS_SEED"].flatMap { UInt64($0) }
    state = given ?? UInt64.random(in: 0 ... .max)
    print("\(name): ANNALS_SEED=\(state)")
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

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
