import Glibc

/// Reproducible random numbers: the splitmix64 sequence (Steele, Lea and Flood 2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  /// What the sequence started from.
  package let seed: UInt64
  private var state: UInt64

  /// Starts from the environment's `ANNALS_SEED`, or from a random seed, and prints it, so that a failure can be had again.
  package init(_ name: String = "property test") {
    let given = getenv("ANNALS_SEED").flatMap { UInt64(String(cString: $0)) }
    self.init(seed: given ?? UInt64.random(in: 0...UInt64.max))
    print("\(name): ANNALS_SEED=\(seed)")
  }

  /// Starts from a seed.
  package init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
