import Digests
import Merkle
import TestSupport
import Testing

/// The tree against ``ModelTree``.
@Suite struct DefinitionTests {
  static let mostLeaves = 70
  static let model = ModelTree(size: mostLeaves)

  // The test tree of the Go and C++ implementations of certificate transparency: eight inputs, and the roots of 1 to 8
  // of them.
  @Test func the_root_of_known_entries_is_the_published_one() {
    let entries: [[UInt8]] = [
      [], [0], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
      [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57], Array(0x60...0x6F),
    ]
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    var frontier = Frontier()
    for (entry, root) in zip(entries, roots) {
      _ = frontier.append(.leaf(of: entry))
      #expect(frontier.root.description == root)
    }
  }

  @Test(arguments: 0...mostLeaves)
  func the_root_is_that_of_the_definition(size: Int) {
    #expect(MerkleTree.root(size: UInt64(size), Self.model.hash) == Self.model.root(size))
  }

  @Test(arguments: 1...mostLeaves)
  func every_proof_of_inclusion_is_that_of_the_definition_and_believed(size: Int) throws {
    for index in 0..<size {
      let proof = MerkleTree.inclusionProof(index: UInt64(index), size: UInt64(size), Self.model.hash)
      #expect(proof == Self.model.inclusionProof(index: index, size: size))
      try ProofVerification.verifyInclusion(
        index: UInt64(index), size: UInt64(size), leaf: Self.model.leaves[index], proof: proof,
        root: Self.model.root(size))
    }
  }

  @Test(arguments: 0...mostLeaves)
  func every_proof_of_consistency_is_that_of_the_definition_and_believed(to: Int) throws {
    for from in 0...to {
      let proof = MerkleTree.consistencyProof(from: UInt64(from), to: UInt64(to), Self.model.hash)
      #expect(proof == (from == 0 ? [] : Self.model.consistencyProof(from: from, to: to)))
      guard from > 0 || to == 0 else { continue }
      try ProofVerification.verifyConsistency(
        from: UInt64(from), to: UInt64(to), fromRoot: Self.model.root(from), toRoot: Self.model.root(to), proof: proof)
    }
  }

  @Test func random_larger_trees_give_the_proofs_of_the_definition() throws {
    var generator = SeededGenerator("larger trees")
    for _ in 0..<12 {
      let size = Int.random(in: (Self.mostLeaves + 1)...1_500, using: &generator)
      let model = ModelTree(size: size, salt: generator.next())
      let root = model.root(size)
      #expect(MerkleTree.root(size: UInt64(size), model.hash) == root)
      for _ in 0..<6 {
        let index = Int.random(in: 0..<size, using: &generator)
        let inclusion = MerkleTree.inclusionProof(index: UInt64(index), size: UInt64(size), model.hash)
        #expect(inclusion == model.inclusionProof(index: index, size: size), "leaf \(index) of \(size)")
        try ProofVerification.verifyInclusion(
          index: UInt64(index), size: UInt64(size), leaf: model.leaves[index], proof: inclusion, root: root)
        let from = Int.random(in: 1...size, using: &generator)
        let consistency = MerkleTree.consistencyProof(from: UInt64(from), to: UInt64(size), model.hash)
        #expect(consistency == model.consistencyProof(from: from, to: size), "\(from) to \(size)")
        try ProofVerification.verifyConsistency(
          from: UInt64(from), to: UInt64(size), fromRoot: model.root(from), toRoot: root, proof: consistency)
      }
    }
  }

  @Test func proofs_ask_only_for_subtrees_within_the_tree() {
    for size in 1...UInt64(Self.mostLeaves) {
      var asked: [TreeNode] = []
      let record = { (node: TreeNode) -> Digest256 in
        asked.append(node)
        return .zero
      }
      for index in 0..<size { _ = MerkleTree.inclusionProof(index: index, size: size, record) }
      for from in 0...size { _ = MerkleTree.consistencyProof(from: from, to: size, record) }
      #expect(asked.allSatisfy { $0.endLeaf <= size })
    }
  }

  @Test func an_error_of_the_reader_of_nodes_goes_through() {
    struct Unreadable: Error, Equatable { let node: TreeNode }
    let fail = { (node: TreeNode) throws(Unreadable) -> Digest256 in throw Unreadable(node: node) }
    let first = TreeNode(level: 1, index: 0)
    #expect(throws: Unreadable(node: first)) { try MerkleTree.root(size: 3, fail) }
    #expect(throws: Unreadable(node: first)) { try MerkleTree.inclusionProof(index: 2, size: 3, fail) }
    #expect(throws: Unreadable(node: TreeNode(level: 0, index: 2))) {
      try MerkleTree.consistencyProof(from: 1, to: 3, fail)
    }
  }
}
