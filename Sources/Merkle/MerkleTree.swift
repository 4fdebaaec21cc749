import Digests

/// Roots and proofs of the tree of RFC 6962, section 2.1, from the hashes of its perfect subtrees. Each takes a number
/// of them that grows with the logarithm of the size.
package enum MerkleTree {
  /// The root of the empty tree: SHA-256 of nothing.
  package static let emptyRoot = Digest256.sha256(of: [UInt8]().span.bytes)

  static func root(ofPeaks peaks: [Digest256]) -> Digest256 {
    guard var root = peaks.last else { return emptyRoot }
    for peak in peaks.dropLast().reversed() { root = .node(peak, root) }
    return root
  }

  /// The root of the tree of the first `size` leaves.
  ///
  /// - Parameter node: gives the hash of a perfect subtree that lies within these leaves.
  package static func root<Failure: Error>(
    size: UInt64, _ node: (TreeNode) throws(Failure) -> Digest256
  ) throws(Failure) -> Digest256 {
    try root(of: 0..<size, node)
  }

  /// The proof that the leaf at `index` is in the tree of the first `size` leaves (section 2.1.1): the leaf's sibling
  /// first.
  ///
  /// - Precondition: `index < size`.
  package static func inclusionProof<Failure: Error>(
    index: UInt64, size: UInt64, _ node: (TreeNode) throws(Failure) -> Digest256
  ) throws(Failure) -> [Digest256] {
    precondition(index < size, "a leaf of the tree")
    var proof: [Digest256] = []
    var range = 0..<size
    while range.count64 > 1 {
      let (left, right) = range.split
      let isLeft = left.contains(index)
      proof.append(try root(of: isLeft ? right : left, node))
      range = isLeft ? left : right
    }
    return proof.reversed()
  }

  /// The proof that the tree of `from` leaves is the beginning of the tree of `to` leaves (section 2.1.2). Empty where
  /// nothing is to be shown: from the empty tree, and from a tree to itself.
  ///
  /// - Precondition: `from <= to`.
  package static func consistencyProof<Failure: Error>(
    from: UInt64, to: UInt64, _ node: (TreeNode) throws(Failure) -> Digest256
  ) throws(Failure) -> [Digest256] {
    precondition(from <= to, "the earlier tree first")
    guard from > 0, from < to else { return [] }
    var proof: [Digest256] = []
    var range = 0..<to
    var isWhole = true
    while range.upperBound != from {
      let (left, right) = range.split
      if from <= left.upperBound {
        proof.append(try root(of: right, node))
        range = left
      } else {
        proof.append(try root(of: left, node))
        range = right
        isWhole = false
      }
    }
    // The verifier has the root of the earlier tree, but not that of a part of it.
    if !isWhole { proof.append(try root(of: range, node)) }
    return proof.reversed()
  }

  /// The root of the subtree over a range of leaves that RFC 6962 makes one.
  private static func root<Failure: Error>(
    of range: Range<UInt64>, _ node: (TreeNode) throws(Failure) -> Digest256
  ) throws(Failure) -> Digest256 {
    var peaks: [Digest256] = []
    for peak in Frontier.peaks(of: range.count64) {
      // The range begins at a multiple of its largest subtree's width.
      peaks.append(try node(TreeNode(level: peak.level, index: peak.index + range.lowerBound >> UInt64(peak.level))))
    }
    return root(ofPeaks: peaks)
  }
}

extension Range<UInt64> {
  /// The number of leaves; `count` would be an `Int`.
  fileprivate var count64: UInt64 { upperBound - lowerBound }

  /// The two parts of a range of more than one leaf: the first has the largest power of two less than the number.
  fileprivate var split: (left: Range<UInt64>, right: Range<UInt64>) {
    let width = UInt64(1) << UInt64(UInt64.bitWidth - 1 - (count64 - 1).leadingZeroBitCount)
    let middle = lowerBound + width
    return (lowerBound..<middle, middle..<upperBound)
  }
}
