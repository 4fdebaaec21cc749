import Digests
import Merkle
import Testing

/// Proofs that were true, and of which something was changed.
@Suite struct RefusedProofTests {
  static let model = ModelTree(size: 24)

  /// A digest with one bit changed.
  static func flipped(_ digest: Digest256, _ bit: Int) -> Digest256 {
    var bytes = digest.bytes
    bytes[bit / 8] ^= 1 << (bit % 8)
    return Digest256(reading: bytes.span.bytes)
  }

  /// All that one changed bit makes of some digests.
  static func flips(_ digests: [Digest256]) -> [[Digest256]] {
    digests.indices.flatMap { place in
      (0..<256).map { bit in
        var changed = digests
        changed[place] = flipped(changed[place], bit)
        return changed
      }
    }
  }

  static func refusal(
    index: Int, size: Int, leaf: Digest256, proof: [Digest256], root: Digest256
  ) -> ProofError? {
    Refusal.of { () throws(ProofError) in
      try ProofVerification.verifyInclusion(
        index: UInt64(index), size: UInt64(size), leaf: leaf, proof: proof, root: root)
    }
  }

  static func refusal(
    from: Int, to: Int, fromRoot: Digest256, toRoot: Digest256, proof: [Digest256]
  ) -> ProofError? {
    Refusal.of { () throws(ProofError) in
      try ProofVerification.verifyConsistency(
        from: UInt64(from), to: UInt64(to), fromRoot: fromRoot, toRoot: toRoot, proof: proof)
    }
  }

  @Test(arguments: [(0, 1), (0, 2), (1, 2), (2, 3), (0, 7), (4, 7), (6, 7), (3, 8), (16, 17), (11, 24), (23, 24)])
  func a_proof_of_inclusion_with_one_bit_changed_is_refused(index: Int, size: Int) {
    let proof = Self.model.inclusionProof(index: index, size: size)
    let (leaf, root) = (Self.model.leaves[index], Self.model.root(size))
    #expect(Self.refusal(index: index, size: size, leaf: leaf, proof: proof, root: root) == nil)
    let believed = Self.flips([leaf, root] + proof).filter {
      Self.refusal(index: index, size: size, leaf: $0[0], proof: Array($0[2...]), root: $0[1]) != .otherRoot
    }
    #expect(believed.isEmpty)
  }

  @Test(arguments: [(1, 2), (2, 3), (3, 4), (1, 7), (4, 7), (6, 7), (3, 8), (16, 17), (11, 24), (16, 24), (23, 24)])
  func a_proof_of_consistency_with_one_bit_changed_is_refused(from: Int, to: Int) {
    let proof = Self.model.consistencyProof(from: from, to: to)
    let roots = [Self.model.root(from), Self.model.root(to)]
    #expect(Self.refusal(from: from, to: to, fromRoot: roots[0], toRoot: roots[1], proof: proof) == nil)
    let believed = Self.flips(roots + proof).filter {
      Self.refusal(from: from, to: to, fromRoot: $0[0], toRoot: $0[1], proof: Array($0[2...])) != .otherRoot
    }
    #expect(believed.isEmpty)
  }

  @Test(arguments: 1...16)
  func a_proof_with_a_hash_more_or_less_is_refused(size: Int) {
    let root = Self.model.root(size)
    for index in 0..<size {
      let proof = Self.model.inclusionProof(index: index, size: size)
      for place in proof.indices {
        var shorter = proof
        shorter.remove(at: place)
        let refusal = Self.refusal(
          index: index, size: size, leaf: Self.model.leaves[index], proof: shorter, root: root)
        #expect(refusal == .tooShort)
      }
      for place in 0...proof.count {
        var longer = proof
        longer.insert(root, at: place)
        let refusal = Self.refusal(
          index: index, size: size, leaf: Self.model.leaves[index], proof: longer, root: root)
        #expect(refusal == .tooLong)
      }
    }
    for from in 1..<max(size, 2) where from < size {
      let proof = Self.model.consistencyProof(from: from, to: size)
      let fromRoot = Self.model.root(from)
      #expect(
        Self.refusal(from: from, to: size, fromRoot: fromRoot, toRoot: root, proof: proof.dropLast()) == .tooShort)
      #expect(
        Self.refusal(from: from, to: size, fromRoot: fromRoot, toRoot: root, proof: proof + [root]) == .tooLong)
    }
  }

  /// A tree's leaves all have ways of their own to the root, so that no other index is ever believed. Another size is
  /// believed where the way is the same one: leaf 0 is as deep in trees of 5 to 8 leaves. Then the numbers are other
  /// ones for what was proven.
  @Test(arguments: 1...16)
  func another_index_or_size_is_refused_unless_the_way_to_the_root_is_the_same(size: Int) {
    for index in 0..<size {
      let proof = Self.model.inclusionProof(index: index, size: size)
      let shape = ProofShape.inclusion(index: index, size: size)
      for otherSize in 0...20 {
        for otherIndex in 0...20 {
          let isSame =
            otherIndex < otherSize && ProofShape.inclusion(index: otherIndex, size: otherSize) == shape
          let refusal = Self.refusal(
            index: otherIndex, size: otherSize, leaf: Self.model.leaves[index], proof: proof,
            root: Self.model.root(size))
          #expect((refusal == nil) == isSame, "leaf \(index) of \(size) as \(otherIndex) of \(otherSize)")
          if otherSize == size { #expect((refusal == nil) == (otherIndex == index)) }
          if otherIndex >= otherSize {
            #expect(refusal == .indexBeyondSize(index: UInt64(otherIndex), size: UInt64(otherSize)))
          }
        }
      }
    }
  }

  /// As with inclusion: from 5 to 6 leaves takes the same steps as from 6 to 7. With the roots of the one and the
  /// numbers of the other nothing new is proven; the checkpoints say which number goes with a root.
  @Test(arguments: 2...16)
  func another_size_of_either_tree_is_refused_unless_the_steps_are_the_same(to: Int) {
    for from in 1..<to {
      let proof = Self.model.consistencyProof(from: from, to: to)
      let shape = ProofShape.consistency(from: from, to: to)
      for otherTo in 0...20 {
        for otherFrom in 0...20 {
          let isSame =
            (1..<max(otherTo, 1)).contains(otherFrom)
            && ProofShape.consistency(from: otherFrom, to: otherTo) == shape
          let refusal = Self.refusal(
            from: otherFrom, to: otherTo, fromRoot: Self.model.root(from), toRoot: Self.model.root(to), proof: proof)
          #expect((refusal == nil) == isSame, "\(from) to \(to) as \(otherFrom) to \(otherTo)")
        }
      }
    }
  }

  @Test func from_nothing_no_proof_is_taken_and_from_a_tree_to_itself_only_the_empty_one() {
    let (root, other) = (Self.model.root(5), Self.model.root(6))
    let empty = MerkleTree.emptyRoot
    for proof in [[], [root], [empty, root]] {
      #expect(Self.refusal(from: 0, to: 5, fromRoot: empty, toRoot: root, proof: proof) == .fromNothing)
    }
    #expect(Self.refusal(from: 5, to: 5, fromRoot: root, toRoot: root, proof: []) == nil)
    #expect(Self.refusal(from: 5, to: 5, fromRoot: root, toRoot: other, proof: []) == .otherRoot)
    #expect(Self.refusal(from: 5, to: 5, fromRoot: root, toRoot: root, proof: [root]) == .tooLong)
    #expect(Self.refusal(from: 6, to: 5, fromRoot: other, toRoot: root, proof: []) == .reversed(from: 6, to: 5))
  }

  @Test func the_empty_tree_has_one_root() {
    let (root, empty) = (Self.model.root(5), MerkleTree.emptyRoot)
    #expect(Self.refusal(from: 0, to: 0, fromRoot: empty, toRoot: empty, proof: []) == nil)
    #expect(Self.refusal(from: 0, to: 0, fromRoot: root, toRoot: root, proof: []) == .otherRoot)
  }
}
