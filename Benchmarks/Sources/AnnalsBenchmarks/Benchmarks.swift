import Benchmark
import Cases

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    // Times of the runs; instructions where the machine has counters of them, which most virtual machines have not.
    metrics: [.wallClock, .cpuTotal, .instructions], warmupIterations: 2, maxDuration: .seconds(2), maxIterations: 100)
  for each in Case.all {
    // Prepared when it is run, for nothing is to be at hand that another case would find in its way.
    nonisolated(unsafe) var run: Case.Run?
    Benchmark(
      "\(each.name) × \(each.count)",
      closure: { _ in
        do { try run?() } catch { fatalError("\(each.name): \(error)") }
      },
      setup: { run = try each.prepare() },
      teardown: { run = nil })
  }
}
