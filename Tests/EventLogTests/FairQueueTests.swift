import TestSupport
import Testing

@testable import EventLog

@Suite struct FairQueueTests {
  @Test func who_has_little_is_served_before_all_that_another_has() {
    var queue = FairQueue<String>(quantum: 10)
    for number in 0..<100 { queue.append("large\(number)", to: 1, cost: 30) }
    queue.append("small", to: 2, cost: 1)
    #expect(queue.takeGroup(of: 61) == ["small", "large0", "large1"])
    #expect(queue.takeGroup(of: 60) == ["large2", "large3"])
  }

  @Test func who_asks_seldom_does_not_wait_for_a_round() {
    var queue = FairQueue<String>(quantum: 10)
    for lane in 1...100 as ClosedRange<UInt64> { for _ in 0..<9 { queue.append("much", to: lane, cost: 10) } }
    #expect(queue.takeGroup(of: 1_000).count == 100)
    // Ten that ask one at a time have a tenth of a quantum each time, and one turn in a round once it is used up.
    for number in 0..<10 {
      queue.append("seldom", to: 500, cost: 1)
      #expect(queue.takeGroup(of: 10) == ["seldom"], "the \(number)th")
    }
    queue.append("no more", to: 500, cost: 1)
    #expect(!queue.hasFresh)
    var waited = 0
    while queue.takeGroup(of: 10) != ["no more"] { waited += 1 }
    #expect(waited == 100)
    queue.append("seldom", to: 501, cost: 1)
    #expect(queue.takeGroup(of: 10, freshOnly: true) == ["seldom"])
    #expect(queue.takeGroup(of: 10, freshOnly: true).isEmpty)
    #expect(queue.takeGroup(of: 10) == ["much"])
    // Behind a small one no large one slips in.
    queue.append("small", to: 502, cost: 1)
    queue.append("large", to: 502, cost: 1_000)
    #expect(queue.takeGroup(of: 2_000, freshOnly: true) == ["small"])
  }

  @Test func one_lane_is_a_queue() {
    var queue = FairQueue<Int>(quantum: 4)
    for number in 0..<300 { queue.append(number, to: 7, cost: 3) }
    var taken: [Int] = []
    while !queue.isEmpty { taken += queue.takeGroup(of: 10) }
    #expect(taken == Array(0..<300))
    #expect(queue.takeGroup(of: 10) == [])
  }

  @Test func one_that_is_larger_than_a_group_has_a_group_of_its_own() {
    var queue = FairQueue<String>(quantum: 4)
    queue.append("huge", to: 1, cost: 1_000)
    queue.append("next", to: 1, cost: 1)
    #expect(queue.takeGroup(of: 10) == ["huge"])
    #expect(queue.takeGroup(of: 10) == ["next"])
  }

  @Test func everything_is_taken_once_in_the_order_of_its_lane_and_no_lane_waits_for_long() {
    var random = SeededGenerator("fair queue")
    for _ in 0..<50 {
      var queue = FairQueue<(lane: UInt64, number: Int)>(quantum: Int.random(in: 1...20, using: &random))
      var added: [UInt64: Int] = [:]
      var taken: [UInt64: Int] = [:]
      for _ in 0..<200 {
        for _ in 0..<Int.random(in: 0...5, using: &random) {
          let lane = UInt64.random(in: 0..<6, using: &random)
          queue.append((lane, added[lane, default: 0]), to: lane, cost: Int.random(in: 0...40, using: &random))
          added[lane, default: 0] += 1
        }
        for (lane, number) in queue.takeGroup(of: Int.random(in: 0...60, using: &random)) {
          #expect(number == taken[lane, default: 0])
          taken[lane, default: 0] += 1
        }
      }
      while !queue.isEmpty {
        let group = queue.takeGroup(of: 50)
        #expect(!group.isEmpty)
        for (lane, number) in group {
          #expect(number == taken[lane, default: 0])
          taken[lane, default: 0] += 1
        }
      }
      #expect(taken.filter { $0.value > 0 } == added)
    }
  }

  @Test func lanes_that_always_have_more_get_alike() {
    var queue = FairQueue<UInt64>(quantum: 16)
    var taken: [UInt64: Int] = [:]
    for lane in [1, 2] as [UInt64] { for _ in 0..<1_000 { queue.append(lane, to: lane, cost: lane == 1 ? 100 : 10) } }
    for _ in 0..<50 {
      for lane in queue.takeGroup(of: 400) { taken[lane, default: 0] += lane == 1 ? 100 : 10 }
    }
    let (one, other) = (taken[1, default: 0], taken[2, default: 0])
    #expect(abs(one - other) <= 400, "\(one) and \(other)")
  }
}
