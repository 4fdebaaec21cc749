/// A queue of lanes that are served in turn, by the bytes they take: who has much waiting does not hold up who has little.
///
/// Deficit round robin (M. Shreedhar, G. Varghese, "Efficient Fair Queueing Using Deficit Round-Robin", 1996): in each
/// round every lane may take a quantum. A lane that comes to wait with enough of its quantum left is fresh, and is served
/// before those that have settled in to wait for the next round, as in FQ-CoDel (RFC 8290, section 4.2): who asks seldom, and
/// for little, does not wait for a whole round. Within a lane the order is kept.
struct FairQueue<Element> {
  private struct Lane {
    var waiting: [(element: Element, cost: Int)] = []
    /// How many at the front of ``waiting`` are taken already.
    var taken = 0
    /// What the lane may still take in its round; below zero after one that was larger.
    var credit: Int
    var round: Int

    var isEmpty: Bool { taken == waiting.count }

    mutating func takeFirst() -> (element: Element, cost: Int) {
      defer {
        taken += 1
        if taken > 64 || isEmpty {
          waiting.removeFirst(taken)
          taken = 0
        }
      }
      return waiting[taken]
    }
  }

  private let quantum: Int
  /// Every lane that holds something, and those that have taken something in this round.
  private var lanes: [UInt64: Lane] = [:]
  private var round = 0
  /// The lanes that hold something, in the order of their turns.
  private var (fresh, settled): (Turns, Turns) = (Turns(), Turns())

  /// - Parameter quantum: what a lane may take in each round.
  init(quantum: Int) {
    self.quantum = quantum
  }

  var isEmpty: Bool { fresh.isEmpty && settled.isEmpty }

  /// Whether somebody waits who asks seldom.
  var hasFresh: Bool { !fresh.isEmpty }

  /// Adds an element at the end of a lane.
  mutating func append(_ element: Element, to number: UInt64, cost: Int) {
    var lane = lanes.removeValue(forKey: number) ?? Lane(credit: quantum, round: round)
    if lane.isEmpty {
      if lane.round != round { (lane.credit, lane.round) = (min(lane.credit, 0) + quantum, round) }
      if lane.credit >= cost { fresh.append(number) } else { settled.append(number) }
    }
    lane.waiting.append((element, cost))
    lanes[number] = lane
  }

  /// Takes elements of up to `limit` together; at least one, if there is one.
  ///
  /// - Parameter freshOnly: to leave those who have settled in to wait.
  mutating func takeGroup(of limit: Int, freshOnly: Bool = false) -> [Element] {
    var (group, room, isFull) = ([Element](), limit, false)
    while !isFull, let number = fresh.first ?? (freshOnly ? nil : settled.first) {
      guard var lane = lanes.removeValue(forKey: number) else { preconditionFailure("a turn of no lane") }
      let isFresh = !fresh.isEmpty
      if lane.credit <= 0 {
        // Those before it in line had their turn since it had its own: the round is over.
        if lane.round == round { beginRound() }
        (lane.credit, lane.round) = (lane.credit + quantum, round)
      }
      while lane.credit > 0, !lane.isEmpty {
        if isFresh, lane.waiting[lane.taken].cost > lane.credit { break }
        isFull = !group.isEmpty && lane.waiting[lane.taken].cost > room
        if isFull { break }
        let (element, cost) = lane.takeFirst()
        group.append(element)
        room -= cost
        lane.credit -= cost
      }
      if lane.isEmpty || lane.credit <= 0 || (isFresh && !isFull) {
        if isFresh { fresh.removeFirst() } else { settled.removeFirst() }
        if !lane.isEmpty { settled.append(number) }
      }
      lanes[number] = lane
    }
    // Nobody competes any more.
    if isEmpty { lanes.removeAll(keepingCapacity: lanes.count <= 1_024) }
    return group
  }

  private mutating func beginRound() {
    lanes = lanes.filter { !$0.value.isEmpty || $0.value.round == round }
    round += 1
  }
}

/// Numbers of lanes, first in, first out.
private struct Turns {
  private var numbers: [UInt64] = []
  private var head = 0

  var first: UInt64? { isEmpty ? nil : numbers[head] }
  var isEmpty: Bool { head == numbers.count }

  mutating func append(_ number: UInt64) {
    numbers.append(number)
  }

  mutating func removeFirst() {
    head += 1
    guard head > 64 || isEmpty else { return }
    numbers.removeFirst(head)
    head = 0
  }
}
