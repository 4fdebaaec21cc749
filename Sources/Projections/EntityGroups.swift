import EventLog

/// Joins nodes by the judgements on them, never two that were judged different.
///
/// Judgements are taken in the order of what they name, not in that in which they came, so that the same set of
/// judgements always gives the same groups.
struct EntityGroups {
  private typealias Pair = [EntityNode]

  private var groups: [EntityNode: Int] = [:]
  private var members: [Set<EntityNode>] = []
  private var different: Set<Pair> = []

  init(_ verdicts: [EntityResolution.Verdict]) {
    for verdict in verdicts where verdict.judged.judgement == .different {
      different.insert(Self.pair(verdict.one, verdict.other))
    }
    let same = Set(verdicts.filter { $0.judged.judgement == .same }.map { Self.pair($0.one, $0.other) })
    for pair in same.sorted(by: { $0.lexicographicallyPrecedes($1, by: EntityNode.precedes) }) {
      join(pair[0], pair[1])
    }
  }

  private static func pair(_ one: EntityNode, _ other: EntityNode) -> Pair {
    EntityNode.precedes(one, other) ? [one, other] : [other, one]
  }

  private mutating func index(of node: EntityNode) -> Int {
    if let index = groups[node] { return index }
    members.append([node])
    groups[node] = members.count - 1
    return members.count - 1
  }

  private mutating func join(_ one: EntityNode, _ other: EntityNode) {
    let (kept, moved) = (index(of: one), index(of: other))
    guard kept != moved else { return }
    for left in members[kept] {
      for right in members[moved] where different.contains(Self.pair(left, right)) { return }
    }
    members[kept].formUnion(members[moved])
    for node in members[moved] { groups[node] = kept }
    members[moved] = []
  }

  /// The nodes that are one entity with this one, itself among them.
  func members(with node: EntityNode) -> Set<EntityNode> {
    groups[node].map { members[$0] } ?? [node]
  }

  /// Whether two nodes were judged different, themselves or one that each is the same as.
  func keepApart(_ one: EntityNode, _ other: EntityNode) -> Bool {
    members(with: one).contains { left in
      members(with: other).contains { different.contains(Self.pair(left, $0)) }
    }
  }
}
