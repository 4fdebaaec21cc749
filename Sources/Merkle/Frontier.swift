import Digests

/// The right edge of a tree of `size` leaves: the roots of the perfect subtrees it consists of, the largest first. It
/// is all that is needed to go on with the tree, and to tell its root.
package struct Frontier: Hashable, Sendable {
  /// Number of leaves.
  package private(set) var size: UInt64
  private var peaks: [Digest256]

  /// The frontier of the empty tree.
  package init() {
    size = 0
    peaks = []
  }

  /// The frontier of a tree whose ``peaks(of:)`` have these hashes.
  package init(size: UInt64, peaks: [Digest256]) {
    precondition(peaks.count == size.nonzeroBitCount, "one hash for each perfect subtree")
    self.size = size
    self.peaks = peaks
  }

  /// The perfect subtrees that a tree of `size` leaves consists of, the largest first (RFC 6962, section 2.1: each
  /// split is at the largest power of two).
  package static func peaks(of size: UInt64) -> [TreeNode] {
    var nodes: [TreeNode] = []
    for level in stride(from: UInt64.bitWidth - 1, through: 0, by: -1) where size & (1 << UInt64(level)) != 0 {
      nodes.append(TreeNode(level: level, index: (size >> UInt64(level)) - 1))
    }
    return nodes
  }

  /// Adds a leaf.
  ///
  /// - Returns: the inner nodes that it completes, the lowest, on level 1, first.
  package mutating func append(_ leaf: Digest256) -> [Digest256] {
    var completed: [Digest256] = []
    var hash = leaf
    for _ in 0..<(~size).trailingZeroBitCount {
      hash = .node(peaks.removeLast(), hash)
      completed.append(hash)
    }
    peaks.append(hash)
    size += 1
    return completed
  }

  /// The root of the tree (RFC 6962, section 2.1); of the empty one SHA-256 of nothing.
  package var root: Digest256 { MerkleTree.root(ofPeaks: peaks) }
}
