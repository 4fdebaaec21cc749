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
}
