import Digests
import EventLog
import Merkle
import Store
import StoreTestSupport
import TestSupport
import Testing

/// The tree as a store holds it.
@Suite struct TreeTests {
  @Test func the_root_of_every_size_is_that_of_the_lines_recorded_by_then() throws {
    let fixture = try StoreFixture(holding: PreparedStore.large.get())
    try fixture.withStore { store throws -> Void in
      var tree = Frontier()
      for size in 0...store.log.head {
        if size > 0 { _ = tree.append(Digest256.leaf(of: try store.line(at: size))) }
        #expect(try store.treeHead(size: size) == Store.TreeHead(size: size, root: tree.root))
      }
      #expect(try store.treeHead().size == store.log.head)
    }
  }

  @Test func proofs_of_every_event_and_of_random_sizes_hold() throws {
    let fixture = try StoreFixture(holding: PreparedStore.large.get())
    var random = SeededGenerator()
    try fixture.withStore { store throws -> Void in
      for position in 1...store.log.head {
        let size = UInt64.random(in: position...store.log.head, using: &random)
        let found = try store.proveInclusion(of: position, size: size)
        #expect(found.leaf == Digest256.leaf(of: try store.line(at: position)) && found.tree.size == size)
        try ProofVerification.verifyInclusion(
          index: position - 1, size: size, leaf: found.leaf, proof: found.proof, root: found.tree.root)
        let from = UInt64.random(in: 1...size, using: &random)
        let growth = try store.proveConsistency(from: from, to: size)
        try ProofVerification.verifyConsistency(
          from: from, to: size, fromRoot: growth.from.root, toRoot: growth.to.root, proof: growth.proof)
      }
    }
  }

  @Test func what_is_not_in_the_tree_is_not_proven() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    try fixture.withStore { store throws -> Void in
      let head = store.log.head
      for (position, size) in [(0, nil), (head + 1, nil), (5, 4)] as [(UInt64, UInt64?)] {
        let error = thrown(StoreError.self) { try store.proveInclusion(of: position, size: size) }
        guard case .notFound? = error else {
          Issue.record("position \(position): \(String(describing: error))")
          continue
        }
      }
      let ahead = thrown(StoreError.self) { try store.proveInclusion(of: 1, size: head + 1) }
      if case .tooFarAhead(_, head)? = ahead {} else { Issue.record("\(String(describing: ahead))") }
      let reversed = thrown(StoreError.self) { try store.proveConsistency(from: 9, to: 8) }
      if case .reversed? = reversed {} else { Issue.record("\(String(describing: reversed))") }
    }
  }

  @Test func the_tree_goes_on_after_a_crash_and_a_rebuild_where_it_ended() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let before = try fixture.withStore { try $0.treeHead() }
    _ = try StoreRebuild.run(fixture.path, options: fixture.options)
    try fixture.withStore { store throws -> Void in
      #expect(try store.treeHead() == before)
      _ = try store.append([
        #"{"source":"late","id":"x","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#
      ])
      #expect(try store.treeHead(size: before.size) == before)
      let growth = try store.proveConsistency(from: before.size, to: before.size + 1)
      try ProofVerification.verifyConsistency(
        from: before.size, to: before.size + 1, fromRoot: before.root, toRoot: growth.to.root, proof: growth.proof)
    }
    #expect(fixture.damage() == nil)
  }
}
