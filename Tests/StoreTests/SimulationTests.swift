import Foundation
import TestSupport
import Testing

/// Lives of a store by seed: see ``Simulation``.
///
/// `ANNALS_SEEDS` says how many; a failure says how to have it again.
@Suite struct SimulationTests {
  private static let seeds = ProcessInfo.processInfo.environment["ANNALS_SEEDS"].flatMap(Int.init) ?? 1_000
  /// The views take most of the time, so that they follow in every so many lives only.
  private static let everyViews = 200

  @Test func whatever_happens_in_a_life_the_promises_hold() throws {
    let first = SeededGenerator("simulation").seed
    var total = Simulation.Figures()
    for number in 0..<Self.seeds {
      let seed = first &+ UInt64(number)
      let simulation = Simulation(seed: seed, hasViews: seed % UInt64(Self.everyViews) == 0)
      do { try simulation.run(steps: 10) } catch {
        Issue.record("\(error): ANNALS_SEED=\(seed) ANNALS_SEEDS=1 swift test --filter SimulationTests")
      }
      total.crashes += simulation.figures.crashes
      total.faults += simulation.figures.faults
      total.repeated += simulation.figures.repeated
      total.events += simulation.figures.events
    }
    print(
      "\(Self.seeds) lives: \(total.crashes) crashes, \(total.faults) faults, \(total.repeated) requests sent again, "
        + "\(total.events) events")
  }
}
