import TestSupport
import Testing

@testable import annals

/// A daemon as far as a plan can tell: it takes batches whole or not at all, and refuses the first bad event of one. An event
/// may rest on the one before it: then that must be recorded, or stand before it in the batch.
private struct SimulatedDaemon {
  let bad: Set<Int>
  let resting: Set<Int>
  var busyFor: Int
  private(set) var recorded: [Int] = []

  init(bad: Set<Int>, resting: Set<Int>, busyFor: Int) {
    self.bad = bad
    self.resting = resting
    self.busyFor = busyFor
  }

  mutating func answer(_ batch: Batch) -> AppendPlan.Answer {
    if busyFor > 0 {
      busyFor -= 1
      return .unavailable(Refusal(code: "busy", message: ""))
    }
    var known = Set(recorded)
    for (index, line) in batch.lines.enumerated() {
      let number = line.place.line
      guard !bad.contains(number), !resting.contains(number) || known.contains(number - 1) else {
        return .refused(Refusal(code: "invalid_event", message: "", pointer: "/\(index)"))
      }
      known.insert(number)
    }
    let first = Int64(recorded.count + 1)
    recorded += batch.lines.map(\.place.line)
    return .recorded(
      positions: Array(first..<(first + Int64(batch.lines.count))), duplicates: 0, head: Int64(recorded.count))
  }
}

struct AppendPlanPropertyTests {
  private struct Outcome {
    var plan: AppendPlan
    var daemon: SimulatedDaemon
    /// Lines that were read.
    var read = 0
  }

  /// Runs a plan over lines 1 to `count`. Batches are answered in the order they were sent.
  private func run(_ count: Int, _ daemon: SimulatedDaemon, continues: Bool, _ random: inout SeededGenerator) -> Outcome
  {
    var outcome = Outcome(
      plan: AppendPlan(window: Int.random(in: 1...4, using: &random), continues: continues), daemon: daemon)
    var underWay: [Batch] = []
    while true {
      switch outcome.plan.next() {
      case .read:
        guard outcome.read < count else {
          outcome.plan.endInput()
          continue
        }
        let last = min(count, outcome.read + Int.random(in: 1...5, using: &random))
        outcome.plan.add(Lines.batch((outcome.read + 1)...last))
        outcome.read = last
      case .send(let batch): underWay.append(batch)
      case .receive: outcome.plan.answered(outcome.daemon.answer(underWay.removeFirst()))
      case .pause: #expect(underWay.isEmpty, "seed \(random.seed): it pauses with batches under way")
      case .finish:
        #expect(underWay.isEmpty, "seed \(random.seed): it ends with batches under way")
        return outcome
      }
    }
  }

  private func daemon(_ count: Int, _ random: inout SeededGenerator) -> SimulatedDaemon {
    let lines = 1...max(1, count)
    let bad = Set(lines.filter { _ in Int.random(in: 0..<10, using: &random) == 0 })
    let resting = Set(lines.filter { $0 > 1 && Int.random(in: 0..<4, using: &random) == 0 })
    return SimulatedDaemon(bad: bad, resting: resting, busyFor: Int.random(in: 0...3, using: &random))
  }

  @Test func continuingEveryEventThatCanBeRecordedIsRecordedOnce() {
    var random = SeededGenerator()
    for _ in 0..<300 {
      let count = Int.random(in: 0...40, using: &random)
      let outcome = run(count, daemon(count, &random), continues: true, &random)
      // What rests on an event that is not recorded cannot be recorded either.
      var good: [Int] = []
      for line in 1...max(1, count) where line <= count && !outcome.daemon.bad.contains(line) {
        if !outcome.daemon.resting.contains(line) || good.last == line - 1 { good.append(line) }
      }
      #expect(outcome.daemon.recorded.sorted() == good, "seed \(random.seed)")
      #expect(
        Set(outcome.plan.faults.map(\.place.line)) == Set(1..<(count + 1)).subtracting(good), "seed \(random.seed)")
      #expect(outcome.plan.faults.count == count - good.count, "seed \(random.seed)")
      #expect(outcome.plan.tally.recorded == good.count, "seed \(random.seed)")
    }
  }

  @Test func otherwiseAllBeforeTheFirstBadEventIsRecordedAndTheReportIsExact() {
    var random = SeededGenerator()
    for _ in 0..<300 {
      let count = Int.random(in: 1...40, using: &random)
      let outcome = run(count, daemon(count, &random), continues: false, &random)
      let reported = outcome.plan.tally.lines.flatMap { Array($0.first.line...$0.last.line) }
      #expect(outcome.daemon.recorded.sorted() == reported, "seed \(random.seed)")
      guard let fault = outcome.plan.faults.first?.place.line else {
        #expect(reported == Array(1...count), "seed \(random.seed)")
        continue
      }
      #expect(reported.starts(with: 1..<fault), "seed \(random.seed)")
      #expect(!reported.contains(fault), "seed \(random.seed)")
      #expect(reported.allSatisfy { $0 <= outcome.read }, "seed \(random.seed)")
    }
  }
}
