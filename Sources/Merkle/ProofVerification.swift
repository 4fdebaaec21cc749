import Digests

/// Checks proofs, by the algorithms of RFC 9162. No input makes it fail otherwise than by an error.
package enum ProofVerification {
  /// Checks that a leaf is in a tree (RFC 9162, section 2.1.3.2). That the root belongs to the size is not shown: a
  /// signed checkpoint says so.
  ///
  /// - Parameter index: counted from 0.
  package static func verifyInclusion(
    index: UInt64, size: UInt64, leaf: Digest256, proof: [Digest256], root: Digest256
  ) throws(ProofError) {
    guard index < size else { throw .indexBeyondSize(index: index, size: size) }
    var (place, last) = (index, size - 1)
    var hash = leaf
    for sibling in proof {
      guard last > 0 else { throw .tooLong }
      if place & 1 == 1 || place == last {
        hash = .node(sibling, hash)
        if place & 1 == 0 {
          while place & 1 == 0, place > 0 {
            place >>= 1
            last >>= 1
          }
        }
      } else {
        hash = .node(hash, sibling)
      }
      place >>= 1
      last >>= 1
    }
    guard last == 0 else { throw .tooShort }
    guard hash == root else { throw .otherRoot }
  }

  /// Checks that a tree is the beginning of another (RFC 9162, section 2.1.4.2). From a tree to itself only the empty
  /// proof is taken, and from the empty tree to a larger one none. That a root belongs to a size is not shown: a signed
  /// checkpoint says so.
  package static func verifyConsistency(
    from: UInt64, to: UInt64, fromRoot: Digest256, toRoot: Digest256, proof: [Digest256]
  ) throws(ProofError) {
    guard from <= to else { throw .reversed(from: from, to: to) }
    guard from < to else {
      guard proof.isEmpty else { throw .tooLong }
      guard fromRoot == toRoot, from > 0 || fromRoot == MerkleTree.emptyRoot else { throw .otherRoot }
      return
    }
    guard from > 0 else { throw .fromNothing }
    // A tree that is one perfect subtree is its own first node.
    let isPerfect = from & (from - 1) == 0
    guard let start = isPerfect ? fromRoot : proof.first else { throw .tooShort }
    var (place, last) = (from - 1, to - 1)
    while place & 1 == 1 {
      place >>= 1
      last >>= 1
    }
    var (former, latter) = (start, start)
    for sibling in isPerfect ? proof[...] : proof.dropFirst() {
      guard last > 0 else { throw .tooLong }
      if place & 1 == 1 || place == last {
        former = .node(sibling, former)
        latter = .node(sibling, latter)
        while place & 1 == 0, place > 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        latter = .node(latter, sibling)
      }
      place >>= 1
      last >>= 1
    }
    guard last == 0 else { throw .tooShort }
    guard former == fromRoot, latter == toRoot else { throw .otherRoot }
  }
}

/// Why a proof proves nothing.
package enum ProofError: Error, Hashable, Sendable {
  /// The tree has no such leaf.
  case indexBeyondSize(index: UInt64, size: UInt64)
  /// The earlier tree is the larger one.
  case reversed(from: UInt64, to: UInt64)
  /// Every tree continues the empty one, whose root shows nothing.
  case fromNothing
  /// Hashes are missing.
  case tooShort
  /// There are more hashes than the tree is high.
  case tooLong
  /// The hashes do not lead to the root.
  case otherRoot
}

extension ProofError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .indexBeyondSize(let index, let size): "index \(index) lies beyond a tree of \(size) leaves"
    case .reversed(let from, let to): "a tree of \(from) leaves is not the beginning of one of \(to)"
    case .fromNothing: "every tree continues the empty one; that shows nothing"
    case .tooShort: "the proof has too few hashes"
    case .tooLong: "the proof has too many hashes"
    case .otherRoot: "the proof leads to another root"
    }
  }
}
