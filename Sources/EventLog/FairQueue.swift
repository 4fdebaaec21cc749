/// A queue of lanes that are served in turn, by the bytes they take: who has much waiting does not hold up who has little.
///
/// Deficit round robin (M. Shreedhar, G. Varghese, "Efficient Fair Queueing Using Deficit Round-Robin", 1996): at each turn a
/// lane may take a quantum more, and takes what is at its front once it has saved up for it. Within a lane the order is
/// kept.
struct FairQueue<Element> {
  private struct Lane {
    var waiting: [(element: Element, cost: Int)] = []
    /// How many at the front of ``waiting`` are taken already.
    var taken = 0
    /// What the lane may take.
    var saved = 0
  }

  private let quantum: Int
  private var lanes: [UInt64: Lane] = [:]
  /// The lanes that hold something, in the order of their turns.
  private var turns: [UInt64] = []
  /// Whose turn is next.
  private var next = 0

  /// - Parameter quantum: what a lane may take more at each of its turns.
  init(quantum: Int) {
    self.quantum = quantum
  }

  var isEmpty: Bool { turns.isEmpty }

  /// Adds an element at the end of a lane.
  mutating func append(_ element: Element, to lane: UInt64, cost: Int) {
    lanes[lane, default: Lane()].waiting.append((element, cost))
    if lanes[lane]?.waiting.count == 1 { turns.append(lane) }
  }

  /// Takes elements of up to `limit` together; at least one, if there is one.
  mutating func takeGroup(of limit: Int) -> [Element] {
    var group: [Element] = []
    var cost = 0
    while !turns.isEmpty {
      if next >= turns.count { next = 0 }
      let number = turns[next]
      guard var lane = lanes.removeValue(forKey: number) else { preconditionFailure("a turn of no lane") }
      // A lane that was cut off by the limit goes on with what it has saved.
      if lane.saved < lane.waiting[lane.taken].cost { lane.saved += quantum }
      var isFull = false
      while lane.taken < lane.waiting.count, lane.waiting[lane.taken].cost <= lane.saved {
        let (element, price) = lane.waiting[lane.taken]
        isFull = !group.isEmpty && cost + price > limit
        if isFull { break }
        group.append(element)
        cost += price
        lane.saved -= price
        lane.taken += 1
      }
      if lane.taken == lane.waiting.count {
        turns.remove(at: next)
      } else {
        if lane.taken > 64 {
          lane.waiting.removeFirst(lane.taken)
          lane.taken = 0
        }
        lanes[number] = lane
        if isFull { break }
        next += 1
      }
    }
    return group
  }
}
