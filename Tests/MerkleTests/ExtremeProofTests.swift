import Digests
import Merkle
import TestSupport
import Testing

/// Numbers as large as they go.
@Suite struct ExtremeProofTests {
  static let numbers: [UInt64] = [
    0, 1, 2, 3, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001, .max - 1, .max,
  ]

  /// The hashes of the perfect subtrees of a tree whose leaves are all the same: one for each level.
  static let levels: [Digest256] = (1..<64).reduce(into: [Digest256.leaf(of: Array("the same".utf8))]) { levels, _ in
    levels.append(.node(levels[levels.count - 1], levels[levels.count - 1]))
  }

  static func hash(_ node: TreeNode) -> Digest256 { levels[node.level] }

  @Test(arguments: numbers, numbers)
  func invented_proofs_are_refused_whatever_the_numbers_are(first: UInt64, second: UInt64) {
    let hash = Digest256.leaf(of: Array("invented".utf8))
    for count in [0, 1, 2, 62, 63, 64, 65, 200] {
      let proof = [Digest256](repeating: hash, count: count)
      let inclusion = Refusal.of { () throws(ProofError) in
        try ProofVerification.verifyInclusion(index: first, size: second, leaf: hash, proof: proof, root: hash)
      }
      // The one leaf is the root.
      #expect((inclusion == nil) == (first == 0 && second == 1 && count == 0))
      let consistency = Refusal.of { () throws(ProofError) in
        try ProofVerification.verifyConsistency(
          from: first, to: second, fromRoot: hash, toRoot: hash, proof: proof)
      }
      // A tree is the beginning of itself.
      #expect((consistency == nil) == (first == second && first > 0 && count == 0))
    }
  }

  @Test(arguments: numbers, numbers)
  func true_proofs_of_the_largest_trees_are_believed(first: UInt64, size: UInt64) throws {
    let root = MerkleTree.root(size: size, Self.hash)
    if first < size {
      let proof = MerkleTree.inclusionProof(index: first, size: size, Self.hash)
      try ProofVerification.verifyInclusion(
        index: first, size: size, leaf: Self.levels[0], proof: proof, root: root)
    }
    if first <= size, first > 0 || size == 0 {
      let proof = MerkleTree.consistencyProof(from: first, to: size, Self.hash)
      try ProofVerification.verifyConsistency(
        from: first, to: size, fromRoot: MerkleTree.root(size: first, Self.hash), toRoot: root, proof: proof)
    }
  }

  @Test func true_proofs_of_random_large_trees_are_believed() throws {
    var generator = SeededGenerator("large trees")
    for _ in 0..<300 {
      let size = generator.next() >> UInt64.random(in: 0...63, using: &generator)
      guard size > 0 else { continue }
      let root = MerkleTree.root(size: size, Self.hash)
      let index = UInt64.random(in: 0..<size, using: &generator)
      let inclusion = MerkleTree.inclusionProof(index: index, size: size, Self.hash)
      try ProofVerification.verifyInclusion(
        index: index, size: size, leaf: Self.levels[0], proof: inclusion, root: root)
      let from = UInt64.random(in: 1...size, using: &generator)
      let consistency = MerkleTree.consistencyProof(from: from, to: size, Self.hash)
      try ProofVerification.verifyConsistency(
        from: from, to: size, fromRoot: MerkleTree.root(size: from, Self.hash), toRoot: root, proof: consistency)
    }
  }
}
