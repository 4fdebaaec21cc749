import Claims
import Projections
import TestSupport
import Testing
import ViewTestSupport

/// Which claims stand, replaced or withdrawn, against a model that looks at the whole graph.
struct RegistryModelTests {
  private enum Change {
    case claim(replacing: Int?)
    case retraction(of: Int)
  }

  /// The graph as of some position: who replaces whom, and who is withdrawn.
  private struct Model {
    private var replaced: [Int: [Int]] = [:]
    private var withdrawn: Set<Int> = []
    private var claims: [Int] = []

    init(_ changes: ArraySlice<Change>) {
      for (index, change) in changes.enumerated() {
        switch change {
        case .claim(let target):
          claims.append(index + 1)
          if let target { replaced[target, default: []].append(index + 1) }
        case .retraction(let target): withdrawn.insert(target)
        }
      }
    }

    /// Every claim that was not withdrawn, with the position of the one that replaces it: the first from which, going
    /// from claim to replacement, one is reached that was not withdrawn.
    var standing: [String] {
      claims.filter { !withdrawn.contains($0) }.map { claim in
        let superseder = (replaced[claim] ?? []).first { start in
          var (reached, next) = (Set([start]), [start])
          while let claim = next.popLast() {
            for replacement in replaced[claim] ?? [] where reached.insert(replacement).inserted {
              next.append(replacement)
            }
          }
          return !reached.isSubset(of: withdrawn)
        }
        return "\(claim) \(superseder.map { "\($0)" } ?? "stands")"
      }
    }
  }

  @Test func random_graphs_of_replacements_and_withdrawals_match_a_model() throws {
    var random = SeededGenerator("registry")
    for _ in 0..<4 {
      let changes = Self.changes(count: 50, &random)
      let log = try ViewLog([Ledger(keepsSuperseded: true)])
      for (index, change) in changes.enumerated() { try log.append([Self.line(change, at: index + 1)]) }
      for position in 0...changes.count {
        let keys = try log.column("key", of: "ledger", asOf: UInt64(position))
        let replaced = try log.column("replaced", of: "ledger", asOf: UInt64(position))
        let found = zip(keys, replaced).map { "\($0) \(Self.position($1))" }.sorted()
        #expect(found == Model(changes[..<position]).standing.sorted(), "as of \(position)")
      }
      try log.close()
    }
  }

  private static func changes(count: Int, _ random: inout SeededGenerator) -> [Change] {
    var changes: [Change] = []
    var claims: [Int] = []
    for position in 1...count {
      let target = claims.randomElement(using: &random)
      switch (Int.random(in: 0..<10, using: &random), target) {
      case (0..<3, let target?): changes.append(.retraction(of: target))
      case (3..<8, let target): changes.append(.claim(replacing: target))
      default: changes.append(.claim(replacing: nil))
      }
      if case .claim = changes[position - 1] { claims.append(position) }
    }
    return changes
  }

  private static func line(_ change: Change, at position: Int) -> String {
    switch change {
    case .claim(let target):
      return Line.claim("visit", "e\(position)", supersedes: target.map { "e\($0)" }, #""visitor":"V","host":"H""#)
    case .retraction(let target):
      return Line.event("review.retracted", "e\(position)", #"{"claim":\#(target),"reason":"wrong"}"#)
    }
  }

  /// The position recorded at a time: the clock ticks a second with each.
  private static func position(_ time: String) -> String {
    guard let time = Timestamp(time) else { return "stands" }
    return "\(time.microseconds / 1_000_000 - 1_772_323_200)"
  }
}
