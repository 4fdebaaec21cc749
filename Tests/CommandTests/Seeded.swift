import Foundation

/// Randomness that can be repeated: SplitMix64 (Steele, Lea and Flood 2014), seeded from `ANNALS_SEED` where it is set.
struct Seeded: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init() {
    self.init(seed: ProcessInfo.processInfo.environment["ANNALS_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max))
    print("ANNALS_SEED=\(seed)")
  }

  init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
